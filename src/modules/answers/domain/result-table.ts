import type { ResultColumn } from '../../../providers/query-engine/query-engine.js';

/** A value as results carry it: 64-bit integers and decimals as text, dates and times as ISO 8601. */
export type Cell = string | number | boolean | null | object;

/** What a query of the turn has found, as far as the answer looks at it. */
export interface ResultTable {
  readonly queryId: string;
  readonly columns: readonly ResultColumn[];
  /** The first rows. */
  readonly rows: readonly (readonly Cell[])[];
  /** Rows of the whole result. */
  readonly rowCount: number;
  /** There were more rows than the service gives out. */
  readonly truncated: boolean;
  /** The LIMIT of the statement was reached: there may be more rows. */
  readonly atLimit: boolean;
}

/** No rows, or one that says nothing more: missing values, zero, no. */
export function foundNothing({ rows, rowCount }: ResultTable): boolean {
  if (rowCount > 1) return false;
  return rows.flat().every((cell) => cell === null || cell === false || Number(cell) === 0);
}

const wholeTypes = /^(?:tinyint|smallint|integer|bigint)$/;

export function isWhole(type: string): boolean {
  return wholeTypes.test(type);
}

export function isNumeric(type: string): boolean {
  return isWhole(type) || /^(?:real|double|decimal\b.*)$/.test(type);
}

export function isTemporal(type: string): boolean {
  return /^(?:date|timestamp\b.*)$/.test(type);
}
