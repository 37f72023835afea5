import type { ColumnType } from '../../../csv/contract.js';

const DECIMAL = /^DECIMAL\((\d+),(\d+)\)$/;
const TYPES = new Map<string, ColumnType>([
  ['BOOLEAN', 'boolean'],
  ['TINYINT', 'bigint'],
  ['SMALLINT', 'bigint'],
  ['INTEGER', 'bigint'],
  ['BIGINT', 'bigint'],
  ['FLOAT', 'double'],
  ['DOUBLE', 'double'],
  ['DATE', 'date'],
  ['TIMESTAMP', 'timestamp'],
  ['TIMESTAMP_S', 'timestamp'],
  ['TIMESTAMP_MS', 'timestamp'],
  ['TIMESTAMP_NS', 'timestamp'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp with time zone'],
  ['TIME', 'time'],
  ['JSON', 'json'],
]);

/**
 * The column type of a type as the engine names it. The other way round there is nothing to translate: the engine
 * takes every column type's name, and Parquet keeps it (JSON as its logical type).
 */
export function columnTypeOf(engineType: string): ColumnType {
  const [, precision, scale] = DECIMAL.exec(engineType) ?? [];
  if (precision !== undefined) return `decimal(${Number(precision)},${Number(scale)})`;
  return TYPES.get(engineType) ?? 'varchar';
}

/** SQL for the value's canonical text, the same as the CSV reader's. The session's zone is UTC. */
export function canonicalSql(value: string, type: ColumnType): string {
  const text = `${value}::VARCHAR`;
  if (type === 'timestamp') return `replace(${text}, ' ', 'T')`;
  if (type === 'timestamp with time zone') return `replace(replace(${text}, ' ', 'T'), '+00', 'Z')`;
  return text;
}

/** Completes what the engine writes otherwise: `1000.0` for a double and `.50` for a decimal below one. */
export function canonicalText(text: string, type: ColumnType): string {
  if (type === 'double') return String(Number(text));
  return type.startsWith('decimal') ? text.replace(/^(-?)\./, '$10.') : text;
}
