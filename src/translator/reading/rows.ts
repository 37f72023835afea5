import { planColumn } from '../grammar/clause.js';
import type { ColumnInfo } from '../schema/columns.js';
import { columnLabel } from '../schema/columns.js';
import type { TableInfo } from '../schema/schema.js';
import type { Draft } from './candidate.js';
import { VAGUE, WRONG } from './penalties.js';
import { PLACES, type Planner } from './planner.js';

const LONGEST_LIST = 50;

/** Plans that list rows or look cells up: which columns are shown. `ordering` stands beside the labels. */
export function describeRows(planner: Planner, ordering: readonly ColumnInfo[] = []): readonly Draft[] {
  const { draft, reading, scope } = planner;
  const asked = withoutLimits(planner, [...planner.headColumns(), ...bareColumns(planner)]);
  const columns = [...new Set([...asked, ...askedPlaces(planner)])];
  const entities = reading.heads.flatMap((head) =>
    'noun' in head && head.noun.type === 'entity' ? [head.noun.table] : [],
  );
  const units = reading.heads.filter((head) => 'unit' in head);
  if (units.length > 0) columns.push(...dayColumns(planner, units.length));
  if (columns.some(({ role }) => role === 'boolean')) draft.penalty += 0.3;
  if (
    reading.ask === 'which' &&
    entities.includes(scope.main) &&
    columns.length === 0 &&
    ordering.length === 0 &&
    planner.isPinned()
  )
    draft.penalty += 0.25;
  const isForeign = columns.some((column) => [...scope.paths.values()].some((path) => path[0]?.from === column));
  if (isForeign && entities.length === 0) draft.penalty += 0.3;
  if (listsAll(planner, ordering)) draft.penalty += VAGUE;
  if (reading.ask === 'how' && columns.length + ordering.length === 0) draft.penalty += WRONG;
  const listed = entities[0] ?? scope.main;
  if (ordering.length === 0 && columns.length > 0 && entities.length === 0) {
    const summaries =
      summariesInstead(planner, columns) ?? countInstead(planner, columns) ?? compounds(planner, columns);
    if (summaries) return summaries;
  }
  if (columns.length === 0 && entities.length === 0 && ordering.length === 0) blame(planner);
  const labels = showsLabels(planner, columns, entities, ordering) ? labelsOf(listed, planner) : [];
  const shown = [...new Set([...labels, ...columns, ...(labels.length + columns.length > 0 ? ordering : [])])];
  draft.columns = shown.map(planColumn);
  const isCategory =
    columns.length > 0 &&
    !columns.some((column) => scope.main.labels.includes(column)) &&
    entities.length === 0 &&
    ordering.length === 0 &&
    columns.every(isRepeated);
  draft.distinct =
    isCategory || reading.distinct || (listed !== scope.main && shown.every(({ table }) => table === listed));
  if (listed !== scope.main && !scope.paths.has(listed)) draft.penalty += 1;
  planner.sort();
  planner.settle();
  return [draft];
}

/** `When do most people come?`, `How far do they go?`: nobody wants to read all rows for that. */
function listsAll({ reading, draft, scope }: Planner, ordering: readonly ColumnInfo[]): boolean {
  const asks = reading.ask === 'when' || reading.ask === 'how' || reading.ask === 'where';
  return (
    asks &&
    !reading.interrogative &&
    ordering.length === 0 &&
    draft.filters.length === 0 &&
    scope.main.rows > LONGEST_LIST
  );
}

/** `readings with usage between 5 and 6 kWh` asks for the readings; their usage only limits them. */
function withoutLimits({ reading, draft }: Planner, columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
  const namesRows = draft.named.has(draft.scope.main) || reading.bare.some(({ type }) => type === 'rows');
  const limits = (column: ColumnInfo) =>
    reading.filters.some((each) => each.column === column && /^(?:compare|between)$/.test(each.filter.kind));
  return namesRows && columns.every(limits) ? [] : columns;
}

/** Verbs that only resemble a column are not asked for beside columns that are. */
function bareColumns(planner: Planner): readonly ColumnInfo[] {
  const { reading, draft } = planner;
  const isVague = (column: ColumnInfo) =>
    reading.bare.some((noun) => noun.type === 'column' && noun.column === column && noun.isVague);
  const vague = reading.heads.length > 0 ? planner.bareColumns(isVague) : [];
  draft.penalty += 0.05 * vague.length;
  return planner.bareColumns(() => true);
}

/** `top 10 days`: the date stands for the row. */
function dayColumns(planner: Planner, units: number): readonly ColumnInfo[] {
  const date = planner.dateColumn();
  if (!date || units > 1) planner.draft.penalty += 1;
  return date ? [date] : [];
}

function askedPlaces({ reading, scope, draft }: Planner): readonly ColumnInfo[] {
  const { main } = scope;
  if (reading.ask === 'when') {
    const asked = reading.heads.length + reading.bare.length > 0;
    const [date] = main.dates;
    if (!date) draft.penalty += 1;
    return date && !asked ? [date] : date ? [date] : [];
  }
  if (reading.ask !== 'where' || reading.interrogative) return [];
  const places = main.columns.filter(({ words }) => words.some(({ word }) => PLACES.test(word)));
  if (places.length === 0) draft.penalty += 1;
  return places;
}

/** A number or a date of many rows is rarely meant as a list: several answers are as likely. */
function summariesInstead(planner: Planner, columns: readonly ColumnInfo[]): readonly Draft[] | undefined {
  const { reading, draft } = planner;
  const isAmount = columns.every(({ role }) => role === 'number');
  if (!isAmount || planner.isPinned() || reading.ask === 'list') return undefined;
  const of = (aggregate: 'avg' | 'sum' | 'max') => {
    const copy = draft.copy();
    copy.measures = columns.map((column) => ({ aggregate, column: planColumn(column) }));
    copy.penalty += 0.1;
    return copy;
  };
  planner.settle();
  if (columns.every(({ additive }) => additive)) {
    draft.assumptions.push(`I added up ${columns.map(columnLabel).join(' and ')}.`);
    return [of('sum')];
  }
  draft.assumptions.push(`I was not told how to summarise ${columns.map(columnLabel).join(' and ')}.`);
  return [of('avg'), of('max')];
}

/** `unique visitors in March`: nobody asks for a list of hundreds. */
function countInstead(
  { reading, draft }: Planner,
  [column, other]: readonly ColumnInfo[],
): readonly Draft[] | undefined {
  const isLong = column?.role !== 'number' && (column?.profile.distinct ?? 0) > LONGEST_LIST;
  if (!column || other || !isLong || !reading.distinct || reading.ask !== undefined) return undefined;
  draft.measures = [{ aggregate: 'count_distinct', column: planColumn(column) }];
  draft.assumptions.push(`I counted the different values of ${columnLabel(column)}.`);
  return [draft];
}

/** `fuel cost last month` may be the sum for each fuel, or one sum: too little is said. */
function compounds(planner: Planner, columns: readonly ColumnInfo[]): readonly Draft[] | undefined {
  const { reading, draft } = planner;
  const [group, amount] = columns;
  const isCompound = columns.length === 2 && group?.role === 'text' && isRepeated(group) && amount?.additive;
  if (!isCompound || reading.ask !== undefined || planner.isPinned()) return undefined;
  planner.settle();
  draft.measures = [{ aggregate: 'sum', column: planColumn(amount) }];
  draft.dimensions = [planColumn(group)];
  draft.penalty += 0.5;
  return [draft];
}

/** Nothing was asked for: only filters and names of tables. */
function blame({ reading, draft, scope }: Planner): void {
  const named = draft.named.size > 0 || reading.bare.some(({ type }) => type === 'rows') || reading.heads.length > 0;
  if (!named && draft.filters.length === 0) draft.penalty += 1;
  else if (!named && reading.ask === undefined) draft.penalty += 0.2;
  else if (reading.ask === 'which' && draft.filters.length === 0) draft.penalty += 0.25;
  else if (reading.ask === 'who' && !scope.main.personal) draft.penalty += 0.3;
}

function showsLabels(
  { reading, scope }: Planner,
  columns: readonly ColumnInfo[],
  entities: readonly TableInfo[],
  ordering: readonly ColumnInfo[],
): boolean {
  if (entities.length > 0 || columns.length === 0) return true;
  const isCompared = reading.filters.some(
    ({ filter, column }) => filter.kind === 'values' && filter.values.length > 1 && scope.main.labels.includes(column),
  );
  return isCompared || (ordering.length > 0 && columns.every((column) => ordering.includes(column)));
}

/** Nothing when no column names the rows: then all columns are shown. */
function labelsOf(table: TableInfo, { draft }: Planner): readonly ColumnInfo[] {
  if (table.labels.length === 0 && table !== draft.scope.main) draft.penalty += 0.2;
  return table.labels;
}

function isRepeated({ role, profile, table }: ColumnInfo): boolean {
  const isGroup = role === 'text' || role === 'boolean' || role === 'year' || role === 'id';
  return isGroup && (profile.distinct ?? table.rows) < table.rows;
}
