import type { CatalogColumn } from '../../providers/catalog/catalog.js';
import { tradeWords } from '../lexicon/trades.js';
import type { Elapsed } from '../plan.js';
import { stem } from '../text/stem.js';
import { isMoney, isTime } from '../text/units.js';
import { type ColumnInfo, columnInfo } from './columns.js';
import { quantityOf } from './quantities.js';
import type { TableInfo } from './schema.js';

/** What everyday words mean in a table whose columns are named otherwise. */
export interface Everyday {
  /** Words for the rows, as their trade calls them. */
  readonly rows: ReadonlySet<string>;
  /** Words for the people of the trade, who are not told apart here. */
  readonly people: ReadonlySet<string>;
  /** How many people each row stands for. */
  readonly heads: ColumnInfo | undefined;
  /** What comes in for each row; several where names do not tell which. */
  readonly money: readonly ColumnInfo[];
  /** What is spent for each row; several where names do not tell which. */
  readonly spending: readonly ColumnInfo[];
  /** How long something took, as stored. */
  readonly durations: readonly ColumnInfo[];
  /** Days from each date of a row to those that come after it. */
  readonly spans: readonly ColumnInfo[];
  /** Whether rows are of goods that are sold: they have a quantity and a price. */
  readonly trades: boolean;
  readonly priced: boolean;
  /** How late a row was, or whether it was. */
  readonly lateness: ColumnInfo | undefined;
  /** What tells that a row is paid: yes or no, or a date that is missing until then. */
  readonly payment: ColumnInfo | undefined;
  /** The day on which a row was to be done, and the one on which it was. */
  readonly due: ColumnInfo | undefined;
  readonly done: ColumnInfo | undefined;
  /** The date at which a row was over, missing until then. */
  readonly ending: ColumnInfo | undefined;
  /** Whether rows are over: a column that says yes or no. */
  readonly over: ColumnInfo | undefined;
  /** How much is left of a thing in stock, and from where on it is ordered again. */
  readonly stock: ColumnInfo | undefined;
  readonly reorder: ColumnInfo | undefined;
}

const HEADS =
  /(?:^|_)(?:(?:group|party|crowd|audience|household|class)_size|people|persons|guests|visitors|attendance|attendees|headcount|passengers|participants|pax|occupants|spectators|covers)(?:_|$)/;
const TOTALS = set(
  'total revenue sales turnover takings invoice invoiced amount amt gross net paid subtotal receipts proceeds',
);
const FEES = set(
  'fine admission fee fees fare rent charge charges payment premium bill tuition toll donation price income',
);
const COSTS = set(
  'cost costs expense expenses salary wage wages spend spent loss shipping postage delivery tip refund refunded discount tax budget estimated limit',
);
const SPENDING = set('cost costs spend spent expense expenses expenditure');
const SPENDINGS = /^(?:expenses?|expenditures?|spendings?|costs?|payments?|outgoings?|bills?|purchases?)$/;
const WORTH = set('value worth');
/** Time that is no part of how long something took. */
const ABSENT = set('sick vacation holiday absence leave');
const DURATIONS = set('duration nights runtime time length');
const LATE = set('late lateness delay delayed overdue tardy');
const PAID = set('paid payment pay settled settlement');
const STOCK = set('stock hand inventory');
const REORDER = set('reorder minimum threshold safety');
const ENDED =
  set(`withdrawn ended end closed closing cancelled canceled cancellation left terminated discontinued expired expires expiry
  retired resolved completed completion finished decommissioned scrapped inactive removed sold departed deactivated churned`);
/** Dates at which most rows are over, where nothing else dates their end. */
const DONE =
  set(`delivered delivery adopted adoption finish fixed fix repaired returned return collected collection picked fulfilled solved
  answered handed dispatched shipped rehomed released discharged done checkout left actual arrived arrival completed completion finished
  closed resolved ata`);
const DUE = set('due deadline promised planned scheduled expected target agreed estimated eta etd');

type Columns = Pick<TableInfo, 'columns' | 'entity' | 'rows' | 'name'>;

export function everydayOf(table: TableInfo): Everyday {
  const { columns, entity } = table;
  const numbers = columns.filter(({ role }) => role === 'number');
  const prices = numbers.filter(({ words }) => words.some(({ word }) => word === 'price' || word === 'cost'));
  const stems = new Set([...entity, ...columns.flatMap(({ words }) => words)].map(({ word }) => stem(word)));
  const { rows, people } = tradeWords(stems);
  return {
    rows: new Set(rows),
    people: new Set(people),
    heads: onlyOne(numbers.filter(({ name, type }) => type === 'bigint' && HEADS.test(name))),
    money: table.takings ? [table.takings] : moneyOf(numbers),
    spending: spendingOf(table, numbers),
    durations: numbers.filter(
      ({ unit, words }) =>
        (isTime(unit) || words.some(({ word }) => isTime(word) || DURATIONS.has(word))) &&
        !words.some(({ word }) => LATE.has(word) || ABSENT.has(word)),
    ),
    spans: spansOf(table),
    trades: quantityOf(table) !== undefined && prices.length > 0,
    priced: prices.length > 0,
    lateness: onlyOne(
      columns.filter((column) => names(column, LATE) && (column.role === 'number' || column.role === 'boolean')),
    ),
    payment:
      columns.find((column) => column.role === 'boolean' && names(column, PAID)) ??
      onlyOne(columns.filter((column) => column.role === 'date' && column.profile.nullable && names(column, PAID))),
    over: onlyOne(columns.filter((column) => column.role === 'boolean' && names(column, ENDED))),
    stock: onlyOne(numbers.filter((column) => names(column, STOCK))),
    reorder: onlyOne(numbers.filter((column) => names(column, REORDER))),
    due: onlyOne(columns.filter((column) => column.role === 'date' && names(column, DUE))),
    done: onlyOne(columns.filter((column) => column.role === 'date' && names(column, DONE) && !names(column, DUE))),
    ending: endingOf(columns),
  };
}

function endingOf(columns: readonly ColumnInfo[]): ColumnInfo | undefined {
  const open = columns.filter((column) => column.role === 'date' && column.profile.nullable && !names(column, DUE));
  return (
    onlyOne(open.filter((column) => names(column, ENDED))) ??
    onlyOne(open.filter((column) => names(column, DONE))) ??
    (columns.some(({ role, profile }) => role === 'date' && !profile.nullable) ? onlyOne(open) : undefined)
  );
}

/** The columns of money that come in: those that tell totals, else those that tell fees. */
function moneyOf(numbers: readonly ColumnInfo[]): readonly ColumnInfo[] {
  const income = numbers.filter((column) => !column.intensive && !names(column, COSTS));
  const totals = income.filter((column) => names(column, TOTALS));
  if (totals.length > 0) return totals;
  const fees = income.filter((column) => names(column, FEES) && column.additive);
  if (fees.length > 0) return fees;
  const priced = income.filter(({ unit }) => isMoney(unit));
  return priced.length > 0 ? priced : income.filter((column) => column.additive && names(column, WORTH));
}

/** `cost`, `spend`; in a list of expenses the amounts themselves. */
function spendingOf({ entity }: Columns, numbers: readonly ColumnInfo[]): readonly ColumnInfo[] {
  const costs = numbers.filter((column) => !column.intensive && names(column, SPENDING));
  if (costs.length > 0) return costs;
  return entity.some(({ word }) => SPENDINGS.test(word)) ? moneyOf(numbers) : [];
}

/** `days from order to payment`, hours between times: for each two dates of which one comes after the other. */
function spansOf({ columns, rows, name, entity }: Columns): readonly ColumnInfo[] {
  const all = columns.filter((column) => column.role === 'date');
  const real = all.filter((column) => !names(column, DUE));
  const dates = real.length > 1 ? real : all;
  return dates.flatMap((first) =>
    dates
      .filter((last) => last !== first && comesAfter(last, first))
      .map((last) => {
        const nullable = first.profile.nullable || last.profile.nullable;
        const inHours = first.type !== 'date' && last.type !== 'date';
        const unit = inHours ? 'hours' : 'days';
        const profile: CatalogColumn = { name: `${unit}_to_${last.name}`, type: 'bigint', nullable };
        const info = columnInfo({ name, entity, rows, columns } as TableInfo, profile, rows);
        const elapsed: Elapsed = inHours ? [first.name, last.name, 'hours'] : [first.name, last.name];
        return { ...info, table: last.table, additive: false, unit, elapsed };
      }),
  );
}

function comesAfter({ profile: later }: ColumnInfo, { profile: earlier }: ColumnInfo): boolean {
  const known = [later.min, later.max, earlier.min, earlier.max].every((each) => each !== undefined && each !== null);
  return known && dayOf(later.min) >= dayOf(earlier.min) && dayOf(later.max) >= dayOf(earlier.max);
}

function dayOf(time: string | undefined): string {
  return String(time).slice(0, 10);
}

function names({ words }: ColumnInfo, wanted: ReadonlySet<string>): boolean {
  return words.some(({ word }) => wanted.has(word));
}

function onlyOne([column, other]: readonly ColumnInfo[]): ColumnInfo | undefined {
  return other ? undefined : column;
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
