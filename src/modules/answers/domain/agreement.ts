import type { QuerySource } from './provenance.js';
import type { Cell, ResultTable } from './result-table.js';

/** A statement for the question, beside the one that the answer rests on. */
export interface OtherStatement {
  /** Who wrote it: the language model, or the built-in translator. */
  readonly by: 'model' | 'builtin';
  readonly sql: string;
  /** What it found, in a form that can be compared; undefined when it was not run. */
  readonly found?: string | undefined;
  readonly source?: QuerySource | undefined;
  /** Why it was not run. */
  readonly not_run?: string | undefined;
}

/** What a turn keeps of a comparison until it ends. */
export interface Compared {
  readonly risk: readonly string[];
  readonly others: readonly OtherStatement[];
}

/** How far other statements for the same question came to the same result. */
export interface Confidence {
  /** 0 to 1: the share of the statements that were run, the answer's own among them, with the answer's result. */
  readonly agreement: number;
  /** Why the question was looked at more than once. */
  readonly risk: readonly string[];
  readonly others: readonly (Pick<OtherStatement, 'by' | 'sql' | 'not_run'> & {
    readonly query_id?: string;
    /** Null when it was not run. */
    readonly agrees: boolean | null;
  })[];
}

/** Decimal places beyond which two ways to compute the same may differ. */
const significantDigits = 9;

/** A result without the order of its rows and columns, and without the names of these. */
export function fingerprintOf({ rows, rowCount }: ResultTable): string {
  const written = rows.map((row) => JSON.stringify(row.map(comparable).sort()));
  return JSON.stringify([rowCount, ...written.sort()]);
}

export function confidenceOf({ risk, others }: Compared, result: ResultTable): Confidence | undefined {
  const own = fingerprintOf(result);
  const run = others.filter(({ found }) => found !== undefined);
  if (run.length === 0) return undefined;
  const agreeing = run.filter(({ found }) => found === own).length;
  return {
    agreement: Math.round(((agreeing + 1) / (run.length + 1)) * 100) / 100,
    risk,
    others: others.map(({ by, sql, not_run, found, source }) => ({
      by,
      sql,
      ...(source && { query_id: source.query_id }),
      ...(not_run !== undefined && { not_run }),
      agrees: found === undefined ? null : found === own,
    })),
  };
}

function comparable(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return JSON.stringify(cell);
  const text = String(cell);
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)
    ? String(Number(Number(text).toPrecision(significantDigits)))
    : text;
}
