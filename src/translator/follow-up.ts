import { Lattice } from './grammar/lattice.js';
import { type Parse, parses } from './grammar/parse.js';
import { planColumn } from './grammar/clause.js';
import { linkAll } from './linking/links.js';
import { scopeOf, type Scope } from './linking/scope.js';
import { correctSpelling } from './linking/correct-spelling.js';
import type { Dimension, Filter, Measure, Plan } from './plan.js';
import { columnsOfFilter } from './reading/candidate.js';
import { Planner } from './reading/planner.js';
import { readClauses } from './reading/reader.js';
import type { Grouping, Ordering, Reading } from './reading/reading.js';
import { joinsTo } from './reading/joins.js';
import type { Schema } from './schema/schema.js';
import { shiftTimes } from './shifted-time.js';
import { type Token, tokenise } from './text/tokens.js';

/** The plan that results when a follow-up changes a part of the previous one. */
export interface FollowUp {
  readonly plan: Plan;
  readonly assumptions: readonly string[];
}

const OPENINGS =
  /^(?:and|or|but|what about|how about|now|ok(?:ay)?|only|just|same|also|then|instead|for|in|by|per|without|not|excluding|except|sort(?:ed)?|order (?:it|them)|show (?:it|that|them|this)|make (?:it|that)|break (?:it|that|this|them) down|split (?:it|that|them)|filter|limit|group(?:ed)?)\b/i;
const CLOSINGS = /\b(?:instead|too|as well|only|again)\s*[?.!]*$/i;
/** Words that stand for what was answered before. */
const ANAPHORA = /\b(?:of|among|for|from) (?:those|these|them)\b|\b(?:which|what|the|that) ones?\b/i;
const ADDS = /^also\b|\b(?:too|as well|in addition)\s*[?.!]*$/i;
const LONGEST_FRAGMENT = 4;
const MOST_PENALTY = 0.5;

/** How a question leans on the one before it. */
interface Leaning {
  /** Whether its words or its shortness say that it is no question of its own. */
  readonly isMarked: boolean;
  readonly isAnaphoric: boolean;
  readonly adds: boolean;
}

/**
 * Reads a question such as "and in Porto?", "only for 2023" or "by month instead" as a change of the previous plan.
 * Undefined when it is a question of its own.
 */
export function changePlan(question: string, previous: Plan, schema: Schema, now: Date): FollowUp | undefined {
  const main = schema.tables.find(({ name }) => name === previous.tables[0]);
  if (!main) return undefined;
  const text = question.trim();
  const shifted = shiftTimes(text, previous.filters);
  if (shifted) return { plan: { ...previous, filters: shifted }, assumptions: [] };
  const tokens = correctSpelling(tokenise(text), schema).tokens.filter(isNoPronoun);
  const isAnaphoric = ANAPHORA.test(text);
  const isMarked = isAnaphoric || OPENINGS.test(text) || CLOSINGS.test(text) || tokens.length <= LONGEST_FRAGMENT;
  const scope = scopeOf(main, schema);
  const lattice = new Lattice(tokens, scope, linkAll(tokens, schema), now);
  for (const parse of parses(lattice)) {
    const leaning = { isMarked, isAnaphoric, adds: ADDS.test(text) };
    const changed = parse.unexplained.length === 0 ? change(parse, previous, scope, leaning) : undefined;
    if (changed) return changed;
  }
  return undefined;
}

/** `which one`, `the ones`. */
function isNoPronoun({ lower }: Token, place: number, tokens: readonly Token[]): boolean {
  const isOne = lower === 'ones' || lower === 'one';
  return !(isOne && ['which', 'what', 'the', 'that'].includes(tokens[place - 1]?.lower ?? ''));
}

function change({ clauses }: Parse, previous: Plan, scope: Scope, leaning: Leaning): FollowUp | undefined {
  const reading = readClauses(clauses);
  const { extreme, sort } = reading;
  dropKnownHeads(reading, previous);
  const isElliptic = extreme !== undefined && extreme.target === undefined && reading.bare.length === 0;
  if (!leaning.isMarked && !(isElliptic && reading.heads.length === 0 && previous.dimensions.length > 0))
    return undefined;
  const planner = new Planner({ ...reading, penalty: 0 }, scope);
  const filters = newFilters(reading, planner, previous);
  const dimensions = newDimensions(reading, planner, previous);
  const measures = countsThose(reading, leaning) ? countedBefore(previous) : newMeasures(reading, planner, previous);
  const order = extreme ? orderOf(extreme, previous) : sort && orderOf(sort, previous);
  const isChange = filters.length + dimensions.length > 0 || measures !== undefined || order !== undefined;
  const isNew =
    reading.having.length > 0 || reading.share !== undefined || reading.heads.length > 0 || reading.bare.length > 0;
  if (!isChange || isNew || planner.draft.penalty + reading.penalty >= MOST_PENALTY) return undefined;
  if (extreme && !order) return undefined;
  if (extreme && dimensions.length + previous.dimensions.length === 0 && previous.measures.length > 0) return undefined;
  const kept = leaning.adds ? previous : { dimensions: [], measures: [] };
  const plan: Plan = {
    ...previous,
    filters: [...previous.filters.filter((old) => !filters.some((filter) => replaces(filter, old))), ...filters],
    ...grouped(
      previous,
      dimensions.length > 0 ? [...kept.dimensions, ...dimensions] : dimensions,
      measures ? [...kept.measures, ...measures] : previous.measures,
    ),
    ...(order ? { order } : {}),
    ...(extreme ? { limit: extreme.clause.limit } : {}),
  };
  return { plan: withJoins(plan, scope), assumptions: planner.draft.assumptions };
}

/** `Which country had the most?` after sessions by country: what is asked for is shown already. */
function dropKnownHeads(reading: Reading, previous: Plan): void {
  const isKnown = (head: Grouping) => {
    if ('unit' in head) return previous.dimensions.some(({ unit }) => unit === head.unit);
    const { noun } = head;
    if (noun.type === 'rows') return true;
    const shown = [...previous.dimensions, ...previous.columns];
    return noun.type === 'entity'
      ? shown.some(({ table }) => table === noun.table.name)
      : shown.some(({ table, column }) => table === noun.column.table.name && column === noun.column.name);
  };
  const rest = reading.heads.filter((head) => !isKnown(head));
  if (reading.extreme) reading.heads.splice(0, reading.heads.length, ...rest);
}

/** `How many of those were men?` */
function countsThose({ computed, ask }: Reading, { isAnaphoric }: Leaning): boolean {
  const [first] = computed;
  return isAnaphoric && ask === 'count' && computed.length === 1 && first!.noun.type === 'rows';
}

function countedBefore({ measures }: Plan): readonly Measure[] {
  const isAmount =
    measures.length > 0 && measures.every(({ aggregate }) => /^(?:count|count_distinct|sum)$/.test(aggregate));
  return isAmount ? measures : [{ aggregate: 'count' }];
}

/** The previous answer in another order; undefined when the words speak of a column that is not in it. */
function orderOf({ target, high }: Ordering, previous: Plan): Plan['order'] | undefined {
  if (target === undefined || 'noun' in target) return reordered(previous, high);
  const by = previous.measures.find(({ column }) => column?.column === target.name);
  if (by) return [{ by, descending: high }];
  return previous.measures.length === 0 ? [{ by: planColumn(target), descending: high }] : undefined;
}

function newFilters(reading: Reading, planner: Planner, previous: Plan): readonly Filter[] {
  const timed = previous.filters.find(({ kind }) => kind === 'time' || kind === 'calendar');
  const column = timed && timed.kind !== 'any' ? findColumn(planner.scope, timed.column.column) : undefined;
  const times = reading.times.flatMap((time) => {
    const target = column ?? planner.dateColumn();
    const filter = target && time.on(target);
    return filter ? [filter] : [];
  });
  return [...reading.filters.map(({ filter }) => filter), ...times];
}

function newDimensions(reading: Reading, planner: Planner, previous: Plan): readonly Dimension[] {
  const units = reading.heads.splice(0).flatMap((head) => ('unit' in head ? [head] : []));
  const groups = [...reading.groups, ...units, ...rankedGroups(reading)];
  const dated = previous.dimensions.find(({ unit }) => unit);
  return groups.length === 0
    ? []
    : groups.flatMap((group) =>
        'unit' in group && dated ? [{ ...dated, unit: group.unit }] : planner.dimensions([group]),
      );
}

/** `top 3 by region`: what is ranked is known already. */
function rankedGroups({ extreme }: Reading): readonly Grouping[] {
  const target = extreme?.target;
  return target && 'noun' in target && target.noun.type === 'column' ? [{ noun: target.noun }] : [];
}

/** `and the median?` summarises the same column otherwise; `and profit?` another column in the same way. */
function newMeasures(reading: Reading, planner: Planner, previous: Plan): readonly Measure[] | undefined {
  const [measure] = previous.measures;
  if (reading.loose && measure?.column) {
    reading.penalty = 0;
    return [{ aggregate: reading.loose, column: measure.column }];
  }
  if (reading.computed.length > 0) return reading.computed.map((each) => planner.measure(each));
  const amounts = measure?.column ? planner.bareColumns(({ role }) => role === 'number') : [];
  return amounts.length > 0 ? amounts.map((column) => ({ ...measure!, column: planColumn(column) })) : undefined;
}

function grouped(
  previous: Plan,
  dimensions: readonly Dimension[],
  measures: readonly Measure[],
): Pick<Plan, 'dimensions' | 'measures' | 'columns' | 'distinct' | 'exists' | 'order'> {
  const isSummary = dimensions.length > 0 || measures.length > 0;
  const wanted = isSummary && measures.length === 0 ? [{ aggregate: 'count' } as const] : measures;
  return {
    dimensions: dimensions.length > 0 ? dimensions : previous.dimensions,
    measures: wanted,
    columns: isSummary ? [] : previous.columns,
    distinct: isSummary ? false : previous.distinct,
    exists: dimensions.length === 0 && previous.exists,
    order: dimensions.length > 0 || wanted !== previous.measures ? [] : previous.order,
  };
}

function reordered({ order, measures }: Plan, descending: boolean): Plan['order'] {
  if (order.length > 0) return order.map((each) => ({ ...each, descending }));
  return measures.slice(0, 1).map((by) => ({ by, descending }));
}

/** A new filter takes the place of an old one on the same column. */
function replaces(filter: Filter, old: Filter): boolean {
  const [column] = columnsOfFilter(filter);
  return columnsOfFilter(old).some((other) => other.table === column?.table && other.column === column.column);
}

function findColumn({ main }: Scope, name: string) {
  return main.columns.find((column) => column.name === name);
}

/** The joins that the changed plan needs. */
function withJoins(plan: Plan, scope: Scope): Plan {
  const named = new Set(
    [...plan.filters.flatMap(columnsOfFilter), ...plan.dimensions, ...plan.columns].map(({ table }) => table),
  );
  for (const { column } of plan.measures) if (column) named.add(column.table);
  const others = [...scope.paths.keys()].filter((table) => table !== scope.main && named.has(table.name));
  const joins = joinsTo(others, scope);
  const tables = new Set([scope.main.name, ...joins.map(({ to }) => to.table.name)]);
  return {
    ...plan,
    tables: [...tables],
    joins: joins.map(({ from, to }) => ({ from: planColumn(from), to: planColumn(to) })),
  };
}
