import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnType } from '../../../csv/contract.js';
import { sqlName } from '../../duckdb-workers/engine-session.js';

/** A column whose values can be laid out on a line, with the ends of that line; undefined where it has no finite ends. */
export interface Measured {
  readonly name: string;
  readonly type: ColumnType;
  readonly lowest: number;
  readonly highest: number;
}

const MOST_STEPS = 20;

/** A value of the type as a number: days for dates, seconds for timestamps. Undefined for types that have no such order. */
export function measure(value: string, type: ColumnType): string | undefined {
  if (type === 'bigint' || type === 'double' || type.startsWith('decimal')) return `${value}::DOUBLE`;
  if (type === 'date') return `(epoch(${value}) / 86400)::DOUBLE`;
  if (type.startsWith('timestamp')) return `epoch(${value})::DOUBLE`;
  return undefined;
}

/**
 * How many values fall into each of at most twenty equal steps from the lowest to the highest; whole numbers and days that
 * are fewer get a step each. One pass over all of the columns.
 */
export async function countSteps(
  connection: DuckDBConnection,
  from: string,
  columns: readonly Measured[],
): Promise<readonly (readonly number[])[]> {
  if (columns.length === 0) return [];
  const lines = columns.map(lineOf);
  const aggregates = columns.map(({ name, type, lowest }, index) => {
    const { steps, length } = lines[index]!;
    const step = `floor((${measure(sqlName(name), type)} - (${lowest})) / ${length} * ${steps})`;
    // Rounding may put an extreme beside its step; NULL would be taken for the last.
    return `histogram(greatest(0, least(${steps - 1}, ${step}))::INTEGER) FILTER (${sqlName(name)} IS NOT NULL)`;
  });
  const reader = await connection.runAndReadAll(
    `SELECT ${aggregates.map((each) => `to_json(${each})::VARCHAR`).join(', ')} FROM ${from}`,
  );
  const found = reader.getRows()[0] ?? [];
  return lines.map(({ steps }, index) => {
    const counts = JSON.parse(String(found[index] ?? '{}')) as Record<string, number> | null;
    return Array.from({ length: steps }, (_, step) => counts?.[step] ?? 0);
  });
}

/** The steps, and how long the line is that they divide: to the end of the last whole number or day. */
function lineOf({ type, lowest, highest }: Measured): { steps: number; length: number } {
  if (type !== 'bigint' && type !== 'date') return { steps: MOST_STEPS, length: highest - lowest };
  const length = highest - lowest + 1;
  return { steps: Math.min(MOST_STEPS, length), length };
}
