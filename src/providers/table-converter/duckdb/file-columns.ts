import type { ColumnType, ContractColumn } from '../../../csv/contract.js';

/** A column of the file on its way into the table. */
export interface FileColumn {
  /** Index of its field in a row. */
  readonly field: number;
  readonly name: string;
  readonly type: ColumnType;
  readonly format: string | undefined;
  readonly null_values: string[] | undefined;
  /** Whether a person fixed the type: what does not fit is rejected instead of widening the type. */
  readonly fixed: boolean;
  /** Why the type is wider than the contract's, where it is. */
  readonly widened?: string | undefined;
}

/** The columns that are stored, in the file's order. */
export function fileColumns(columns: readonly ContractColumn[], fixedColumns: readonly string[]): FileColumn[] {
  const fixed = new Set(fixedColumns);
  return columns
    .map(({ name, type, format, null_values, drop }, field) => ({
      column: { field, name, type, format, null_values, fixed: fixed.has(name) },
      drop,
    }))
    .filter(({ drop }) => !drop)
    .map(({ column }) => column);
}

/** Why the column has its type, once every row has been read. */
export function evidence({ type, format, fixed, widened }: FileColumn): string {
  if (widened !== undefined) return widened;
  const written = format === undefined ? '' : ` written as ${format}`;
  if (fixed) return `fixed as ${type}${written}`;
  return type === 'varchar' ? 'kept as text' : `every value is of type ${type}${written}`;
}

/** Why a value was rejected. */
export function misfitReason({ type, format }: FileColumn): string {
  const kind = type === 'bigint' ? 'a whole number of up to 64 bits' : `a value of type ${type}`;
  return `is not ${kind}${format === undefined ? '' : ` written as ${format}`}`;
}
