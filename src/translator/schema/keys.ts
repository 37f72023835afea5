import type { ValueLookup } from '../translation.js';
import { stemKey } from '../text/words.js';
import type { ColumnInfo } from './columns.js';
import type { TableInfo } from './schema.js';

/** Many rows of `from` refer to one row of `to`. */
export interface Key {
  readonly from: ColumnInfo;
  readonly to: ColumnInfo;
}

const LEAST_SHARED_VALUES = 5;

/** Keys that names and values show: a unique column, and one of another table that holds only its values. */
export function findKeys(tables: readonly TableInfo[], values: ValueLookup): readonly Key[] {
  return tables.flatMap((from) => tables.filter((to) => to !== from).flatMap((to) => keysBetween(from, to, values)));
}

function keysBetween(from: TableInfo, to: TableInfo, values: ValueLookup): readonly Key[] {
  const targets = to.columns.filter(({ unique, role }) => unique && role !== 'number' && role !== 'date');
  const keys = targets.flatMap((target) =>
    from.columns.filter((column) => refers(column, target, values)).map((column) => ({ from: column, to: target })),
  );
  const named = keys.filter(({ from: column, to: target }) => isNamed(column, target));
  return named.length > 0 ? named : keys;
}

function refers(column: ColumnInfo, target: ColumnInfo, values: ValueLookup): boolean {
  if (column.type !== target.type || column.role === 'boolean') return false;
  if (column.unique && !(column.name === target.name && column.table.rows < target.table.rows)) return false;
  if (isNamed(column, target)) return isWithin(column, target) && holdsOnly(column, target, values, 1);
  return column.type === 'varchar' && target.role === 'text' && holdsOnly(column, target, values, LEAST_SHARED_VALUES);
}

/** `customer_id` refers to `customers.customer_id` and to `customers.id`. */
function isNamed(column: ColumnInfo, target: ColumnInfo): boolean {
  if (column.name === target.name)
    return target.role === 'id' || target.table.key === target || column.type === 'varchar';
  const entity = target.table.entity.map(({ stem }) => stem);
  const [ending, ...others] = column.words.map(({ stem }) => stem).reverse();
  return (
    ending === target.words.at(-1)?.stem &&
    others.length > 0 &&
    others
      .reverse()
      .join(' ')
      .endsWith(entity.at(-1) ?? '-')
  );
}

function isWithin({ profile: column, type }: ColumnInfo, { profile: target }: ColumnInfo): boolean {
  if (type !== 'bigint') return true;
  return Number(column.min) >= Number(target.min) && Number(column.max) <= Number(target.max);
}

function holdsOnly({ profile, type }: ColumnInfo, target: ColumnInfo, values: ValueLookup, least: number): boolean {
  if (type !== 'varchar') return true;
  const shown = profile.top_values ?? [];
  const isHeld = (value: string) =>
    values
      .whole(stemKey(value))
      .some((held) => held.value === value && held.table === target.table.name && held.column === target.name);
  return shown.length >= least && shown.every(({ value }) => isHeld(value));
}
