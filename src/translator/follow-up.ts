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
import type { Grouping, Reading } from './reading/reading.js';
import { joinsTo } from './reading/joins.js';
import type { Schema } from './schema/schema.js';
import { tokenise } from './text/tokens.js';

/** The plan that results when a follow-up changes a part of the previous one. */
export interface FollowUp {
  readonly plan: Plan;
  readonly assumptions: readonly string[];
}

const OPENINGS =
  /^(?:and|or|but|what about|how about|now|ok(?:ay)?|only|just|same|also|then|instead|for|in|by|per|without|not|excluding|except|sort(?:ed)?|show (?:it|that|them|this)|make (?:it|that)|break (?:it|that|this) down|split (?:it|that)|filter|limit|group(?:ed)?)\b/i;
const CLOSINGS = /\b(?:instead|too|as well|only|again)\s*[?.!]*$/i;
const LONGEST_FRAGMENT = 4;
const MOST_PENALTY = 0.5;

/**
 * Reads a question such as "and in Porto?", "only for 2023" or "by month instead" as a change of the previous plan.
 * Undefined when it is a question of its own.
 */
export function changePlan(question: string, previous: Plan, schema: Schema, now: Date): FollowUp | undefined {
  const main = schema.tables.find(({ name }) => name === previous.tables[0]);
  const text = question.trim();
  const { tokens } = correctSpelling(tokenise(text), schema);
  const isMarked = OPENINGS.test(text) || CLOSINGS.test(text);
  if (!main || !(isMarked || tokens.length <= LONGEST_FRAGMENT)) return undefined;
  const scope = scopeOf(main, schema);
  const lattice = new Lattice(tokens, scope, linkAll(tokens, schema), now);
  for (const parse of parses(lattice)) {
    const changed = parse.unexplained.length === 0 ? change(parse, previous, scope) : undefined;
    if (changed) return changed;
  }
  return undefined;
}

function change({ clauses }: Parse, previous: Plan, scope: Scope): FollowUp | undefined {
  const reading = readClauses(clauses);
  const planner = new Planner({ ...reading, penalty: 0 }, scope);
  const filters = newFilters(reading, planner, previous);
  const dimensions = newDimensions(reading, planner, previous);
  const measures = newMeasures(reading, planner, previous);
  const extreme = reading.extreme;
  const isChange = filters.length + dimensions.length > 0 || measures !== undefined || extreme !== undefined;
  const isNew =
    reading.having.length > 0 || reading.share !== undefined || reading.heads.length > 0 || reading.bare.length > 0;
  if (!isChange || isNew || planner.draft.penalty + reading.penalty >= MOST_PENALTY) return undefined;
  if (extreme && dimensions.length + previous.dimensions.length === 0 && previous.measures.length > 0) return undefined;
  const plan: Plan = {
    ...previous,
    filters: [...previous.filters.filter((old) => !filters.some((filter) => replaces(filter, old))), ...filters],
    ...grouped(previous, dimensions, measures ?? previous.measures),
    ...(extreme ? { limit: extreme.clause.limit, order: reordered(previous, extreme.high) } : {}),
  };
  return { plan: withJoins(plan, scope), assumptions: planner.draft.assumptions };
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
