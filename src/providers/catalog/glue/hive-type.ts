import type { ColumnType } from '../../../csv/contract.js';

/** Hive's names, in which Glue keeps types, where they are not the contract's own. */
const names: Partial<Record<ColumnType, string>> = {
  varchar: 'string',
  json: 'string',
  time: 'string',
  // Hive knows no zones: the values stand there in UTC.
  'timestamp with time zone': 'timestamp',
};

/** The type of a column in Hive's words, as Glue and Athena want it. */
export function hiveType(type: ColumnType): string {
  return names[type] ?? type;
}
