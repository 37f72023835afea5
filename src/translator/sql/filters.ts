import type { CatalogColumn } from '../../providers/catalog/catalog.js';
import type { Filter, PlanColumn } from '../plan.js';
import { expressionOf, quoted } from './names.js';

/** The stored type of a column. */
export type ColumnTypes = (column: PlanColumn) => CatalogColumn['type'] | undefined;

type Write = (column: PlanColumn) => string;

const CALENDAR = { month: 'month', weekday: 'day_of_week', hour: 'hour' } as const;

export function filterSql(filter: Filter, types: ColumnTypes, write: Write): string {
  switch (filter.kind) {
    case 'values':
      return valuesSql(write(filter.column), filter.values, filter.negated);
    case 'text':
      return textSql(write(filter.column), filter);
    case 'compare':
      return `${write(filter.column)} ${filter.operator} ${number(filter.value)}`;
    case 'between':
      return `${write(filter.column)} ${filter.negated ? 'NOT ' : ''}BETWEEN ${number(filter.from)} AND ${number(filter.to)}`;
    case 'null':
      return `${write(filter.column)} IS ${filter.negated ? 'NOT ' : ''}NULL`;
    case 'boolean':
      return booleanSql(write(filter.column), filter.value, types(filter.column), filter.stored);
    case 'time':
      return timeSql(write(filter.column), filter, types(filter.column));
    case 'calendar': {
      const part = `${CALENDAR[filter.part]}(${write(filter.column)})`;
      return inList(part, filter.values.map(String), filter.negated);
    }
    case 'columns':
      return `${write(filter.column)} ${filter.operator} ${write(filter.other)}`;
    case 'average':
      return `${write(filter.column)} ${filter.operator} (SELECT avg(${expressionOf(filter.column, quoted)}) FROM ${quoted(filter.column.table)})`;
    case 'related': {
      const { column, table } = filter.other;
      const rows = `SELECT ${quoted(column)} FROM ${quoted(table)} WHERE ${quoted(column)} IS NOT NULL`;
      return `${write(filter.column)} ${filter.negated ? 'NOT ' : ''}IN (${rows})`;
    }
    case 'any':
      return `(${filter.filters.map((each) => filterSql(each, types, write)).join(' OR ')})`;
  }
}

function valuesSql(column: string, values: readonly string[], negated: boolean): string {
  return inList(column, values.map(text), negated);
}

function inList(expression: string, values: readonly string[], negated: boolean): string {
  if (values.length === 1) return `${expression} ${negated ? '<>' : '='} ${values[0]}`;
  return `${expression} ${negated ? 'NOT ' : ''}IN (${values.join(', ')})`;
}

function textSql(column: string, { match, text: part, negated }: Extract<Filter, { kind: 'text' }>): string {
  const escaped = part.replace(/[%_\\]/g, String.raw`\$&`);
  const pattern = { contains: `%${escaped}%`, starts: `${escaped}%`, ends: `%${escaped}` }[match];
  const escape = escaped === part ? '' : String.raw` ESCAPE '\'`;
  return `lower(${column}) ${negated ? 'NOT ' : ''}LIKE ${text(pattern)}${escape}`;
}

function booleanSql(
  column: string,
  value: boolean,
  type: CatalogColumn['type'] | undefined,
  stored: { readonly yes: string; readonly no: string } | undefined,
): string {
  if (type === 'boolean') return value ? column : `NOT ${column}`;
  const held = value ? (stored?.yes ?? '1') : (stored?.no ?? '0');
  return `${column} = ${type === 'varchar' ? text(held) : held}`;
}

function timeSql(
  column: string,
  { from, to, negated }: Extract<Filter, { kind: 'time' }>,
  type: CatalogColumn['type'] | undefined,
): string {
  const moment = (date: string) => (type === 'date' ? `DATE '${date}'` : `TIMESTAMP '${date} 00:00:00'`);
  const bounds = [from && `${column} >= ${moment(from)}`, to && `${column} < ${moment(to)}`]
    .filter(Boolean)
    .join(' AND ');
  return negated ? `NOT (${bounds})` : bounds;
}

function number(value: number): string {
  return Number.isInteger(value) ? String(BigInt(value)) : String(value);
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
