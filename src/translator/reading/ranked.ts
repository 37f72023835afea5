import { isDeepStrictEqual } from 'node:util';
import { isBad } from '../lexicon/ends.js';
import { planColumn } from '../grammar/clause.js';
import type { Scope } from '../linking/scope.js';
import type { Measure } from '../plan.js';
import { type ColumnInfo, columnLabel } from '../schema/columns.js';
import { goodsOf, quantityOf } from '../schema/quantities.js';
import type { Draft } from './candidate.js';
import { defaultMeasure } from './default-measure.js';
import { VAGUE, WRONG } from './penalties.js';
import type { Planner } from './planner.js';
import type { Computed, Grouping, Ordering, PlacedFilter, Reading } from './reading.js';
import { describeRows } from './rows.js';
import { countOfThings } from './tally.js';

type Extreme = NonNullable<Reading['extreme']>;

/** Columns of which groups are compared by their average. */
const RATED = /^(?:rating|ratings|score|rate|satisfaction|stars|grade|percent|percentage|pct|ratio)$/;

/** `the most common species`. */
export function modePlan(planner: Planner, { high, limit }: { high: boolean; limit: number }): Draft {
  const { draft, reading } = planner;
  const common = reading.heads.length > 0 ? reading.heads : reading.groups;
  draft.dimensions = planner.dimensions(common);
  if (draft.dimensions.length === 0 || namesRows(common, planner.scope)) draft.penalty += WRONG;
  if (planner.headColumns().some(({ role, additive }) => role === 'number' && additive)) draft.penalty += VAGUE;
  draft.leaveOutUnknown();
  if (common !== reading.groups) planner.rankWithin(reading.groups);
  const measure = countOfThings(draft);
  draft.measures = [measure];
  draft.order = [{ by: measure, descending: high }];
  draft.limit = reading.extreme?.clause.counted ? reading.extreme.clause.limit : limit;
  planner.settle();
  return draft;
}

/** Whether each group would be one row: none is more common than another. */
function namesRows(groups: readonly Grouping[], { main }: Scope): boolean {
  return groups.some((group) => {
    if (!('noun' in group)) return false;
    const { noun } = group;
    if (noun.type !== 'column') return noun.type === 'rows' || noun.table === main;
    return noun.column.unique || main.labels.includes(noun.column);
  });
}

/** Plans for `most`, `top 5`, `cheapest`: of groups, of rows, or the end of a scale. */
export function rankedPlans(planner: Planner, extreme: Extreme): readonly Draft[] {
  const { draft, reading } = planner;
  const { clause, target } = extreme;
  if (clause.judges && target && !('aggregate' in target)) judge(planner, extreme, target);
  const { high } = extreme;
  if (reading.ask === undefined && reading.heads.length === 0) promoteSubject(reading);
  if (reading.ask === 'where' && clause.amount && reading.heads.length === 0) planner.askForPlace();
  const subject = [...reading.heads, ...reading.groups];
  if (reading.bare.length > 0 && target === undefined && !clause.adjective) fillOrder(planner, extreme);
  const column = extreme.target && !('aggregate' in extreme.target) ? extreme.target : undefined;
  const measured = target && 'aggregate' in target ? target : reading.computed[0];
  const isRowCount = measured?.aggregate === 'count' && target !== undefined && !('aggregate' in target);
  if (isRowCount && column) {
    const { noun } = measured;
    if (noun.type !== 'column' || noun.column.role !== 'number') draft.penalty += WRONG;
    else draft.columns = [planColumn(noun.column)];
    return [rowPlan(planner, column, high, clause)];
  }
  const sides = subject.length === 0 || clause.comparative ? pairOf(reading) : undefined;
  const pair = sides && planner.headColumns().includes(sides.column) ? undefined : sides;
  if (pair && (column || measured)) return [pairPlan(planner, pair, measured ?? column!, extreme)];
  const listsEnds = clause.counted && !extreme.named;
  if (column && !listsEnds && asksForEnd(planner, column, clause.column !== undefined)) {
    if (clause.counted) draft.penalty += WRONG;
    return [endPlan(planner, column, high)];
  }
  const computed = isRowCount ? undefined : measured;
  if (computed) return [rankedGroups(planner, subject, rankingMeasure(planner, computed), extreme)];
  if (column && areGroups(planner, column, clause.amount)) {
    const measure = amountOf(planner, column, clause, clause.amount || extreme.named === true, high);
    return [rankedGroups(planner, subject, measure, extreme)];
  }
  return [column ? rowPlan(planner, column, high, clause) : openPlan(planner, subject, high, clause)];
}

/** The worst delay is the longest; of what is neither good nor bad there is no best. */
function judge({ draft, scope }: Planner, extreme: Extreme, column: ColumnInfo): void {
  const { money, durations, lateness } = scope.main.everyday;
  const isWorseWhenMore =
    column === lateness || durations.includes(column) || column.words.some(({ word }) => isBad(word));
  if (isWorseWhenMore) extreme.high = !extreme.clause.high;
  else if (
    column.role === 'number' &&
    !(column.additive && extreme.high) &&
    !money.includes(column) &&
    !isRated(column)
  )
    draft.penalty += VAGUE;
}

function isRated({ words }: ColumnInfo): boolean {
  return words.some(({ word }) => RATED.test(word));
}

/** `Where do most guests come from?` counts rows, not the places that are asked for. */
function rankingMeasure(planner: Planner, computed: Computed): Measure {
  const { noun, aggregate } = computed;
  const most = noun.type === 'rows' ? planner.reading.mostOf : undefined;
  if (most) {
    const pieces = quantityOf(planner.scope.main) ?? (most.isMass ? weighed(planner) : undefined);
    return pieces ? { aggregate: 'sum', column: planColumn(pieces) } : countOfThings(planner.draft);
  }
  const isAsked = noun.type === 'column' && planner.headColumns().includes(noun.column);
  const goods = noun.type === 'column' && noun.column.role === 'text' ? weighed(planner) : undefined;
  if (goods && aggregate === 'count' && !isAsked) return { aggregate: 'sum', column: planColumn(goods) };
  return aggregate === 'count' && isAsked ? { aggregate } : planner.measure(computed);
}

/** `the most fuel` where a column tells litres: nobody counts kinds of fuel. */
function weighed({ scope, reading, draft }: Planner): ColumnInfo | undefined {
  const goods = goodsOf(scope.main);
  if (!goods || reading.distinct) return undefined;
  draft.assumptions.push(`I compared the sums of ${columnLabel(goods)}.`);
  return goods;
}

/** The groups with the highest or lowest measure; the measure alone where there are no groups. */
function rankedGroups(
  planner: Planner,
  subject: readonly Grouping[],
  measure: Measure,
  { clause, high }: Extreme,
): Draft {
  const { draft, reading } = planner;
  const within = reading.heads.length > 0 ? reading.groups : [];
  draft.dimensions = planner.dimensions(within.length > 0 ? reading.heads : subject);
  const others = reading.computed
    .map((each) => planner.measure(each))
    .filter((each) => !isDeepStrictEqual(each, measure));
  if (measure.aggregate === 'count' && namesRows(reading.heads, planner.scope)) draft.penalty += WRONG;
  const besides = reading.besides.map((column) => defaultMeasure(column, draft));
  draft.measures = [measure, ...others, ...besides];
  if (draft.dimensions.length === 0) draft.penalty += clause.counted ? WRONG : 0.1;
  else {
    draft.order = [{ by: measure, descending: high }];
    planner.cut(clause);
    draft.leaveOutUnknown();
    planner.rankWithin(within);
    planner.addHaving();
  }
  planner.settle();
  return draft;
}

function pairOf({ filters }: Reading): PlacedFilter | undefined {
  return filters.find(({ filter }) => filter.kind === 'values' && filter.values.length === 2);
}

/** `Is satisfaction higher for chat or phone?`: both, the higher first. */
function pairPlan(
  planner: Planner,
  { column: side }: PlacedFilter,
  amount: Computed | ColumnInfo,
  { clause, high }: Extreme,
): Draft {
  const { draft } = planner;
  draft.dimensions = [planColumn(side)];
  // Who rides longer than others does so on average, however many they are.
  const adds = !('aggregate' in amount) && amount.additive && (clause.amount || !clause.comparative);
  const measure: Measure =
    'aggregate' in amount ? planner.measure(amount) : { aggregate: adds ? 'sum' : 'avg', column: planColumn(amount) };
  draft.measures = [measure];
  draft.order = [{ by: measure, descending: high }];
  if (!('aggregate' in amount)) {
    draft.assumptions.push(`I compared the ${adds ? 'sums' : 'averages'} of ${columnLabel(amount)}.`);
  }
  planner.settle();
  return draft;
}

/** `top 5 airlines`: by how many rows they have, where nothing else is said. */
function openPlan(planner: Planner, subject: readonly Grouping[], high: boolean, clause: Extreme['clause']): Draft {
  const { draft, reading } = planner;
  const pair = subject.length === 0 ? pairOf(reading) : undefined;
  draft.dimensions = pair ? [planColumn(pair.column)] : planner.dimensions(subject);
  const isKnown = reading.trades && subject.length > 0 && !namesRows(subject, planner.scope);
  if (!pair && !isKnown)
    draft.penalty += subject.length === 0 || namesRows(subject, planner.scope) ? WRONG : clause.counted ? VAGUE : 0.5;
  const pieces = isKnown ? quantityOf(planner.scope.main) : undefined;
  const measure: Measure = pieces ? { aggregate: 'sum', column: planColumn(pieces) } : { aggregate: 'count' };
  draft.measures = [measure];
  draft.order = [{ by: measure, descending: high }];
  if (!pair) {
    planner.cut(clause);
    draft.leaveOutUnknown();
  }
  planner.settle();
  return draft;
}

/** `region with the highest sales` asks for the region. */
function promoteSubject({ bare, heads }: Reading): void {
  const [first] = bare;
  if (first?.type !== 'column' || first.column.role !== 'text') return;
  heads.push({ noun: first });
  bare.shift();
}

/** Not by a verb that only resembles a column: what `breaks down the most` is not ordered by the cost of repairs. */
function fillOrder(planner: Planner, extreme: Ordering): void {
  const { bare } = planner.reading;
  const isNamed = (column: ColumnInfo) =>
    bare.some((noun) => noun.type === 'column' && noun.column === column && (noun.namesHead || noun.isVague === true));
  const [column] = planner.bareColumns((each) => each.role === 'number' && isNamed(each));
  if (column) extreme.target = column;
}

/** `What is the highest price?` asks for the price, not for a row. */
function asksForEnd(planner: Planner, column: ColumnInfo, isImplied: boolean): boolean {
  const { reading } = planner;
  const heads = planner.headColumns();
  if (reading.ask === 'who' || reading.ask === 'when' || reading.ask === 'where') return false;
  if (reading.heads.length > 0) return heads.length === reading.heads.length && heads.every((head) => head === column);
  const same = reading.bare.some((noun) => noun.type === 'column' && noun.column === column);
  return (
    same ||
    (!isImplied &&
      (reading.groups.length > 0 ||
        reading.ask === 'which' ||
        reading.ask === 'much' ||
        reading.ask === 'list' ||
        reading.ask === undefined ||
        reading.ask === 'how'))
  );
}

function endPlan(planner: Planner, column: ColumnInfo, high: boolean): Draft {
  const { draft, reading } = planner;
  planner.bareColumns((each) => each === column);
  draft.dimensions = planner.dimensions(reading.groups);
  draft.measures = [{ aggregate: high ? 'max' : 'min', column: planColumn(column) }];
  planner.settle();
  return draft;
}

/** Whether the heads are groups of rows rather than rows. */
function areGroups(planner: Planner, column: ColumnInfo, amount: boolean): boolean {
  if (column.role !== 'number' && !amount) return false;
  return planner.reading.heads.some((head) => planner.isGroup(head));
}

function amountOf(
  { draft, reading: { heads } }: Planner,
  column: ColumnInfo,
  { predicate }: Extreme['clause'],
  amount: boolean,
  high: boolean,
): Measure {
  const target = planColumn(column);
  if (column.role !== 'number') {
    draft.penalty += 0.4;
    return { aggregate: 'count_distinct', column: target };
  }
  if (column.additive && (amount || !predicate || heads.some((head) => 'unit' in head))) {
    if (!amount) draft.assumptions.push(`I compared the sums of ${columnLabel(column)}.`);
    return { aggregate: 'sum', column: target };
  }
  if ((predicate && heads.every((head) => 'noun' in head)) || isRated(column)) {
    draft.assumptions.push(`I compared the averages of ${columnLabel(column)}.`);
    return { aggregate: 'avg', column: target };
  }
  draft.penalty += amount ? VAGUE : 0.05;
  draft.assumptions.push(`I compared the ${high ? 'highest' : 'lowest'} single ${columnLabel(column)}.`);
  return { aggregate: high ? 'max' : 'min', column: target };
}

function rowPlan(planner: Planner, column: ColumnInfo, high: boolean, clause: Extreme['clause']): Draft {
  const { draft, reading, scope } = planner;
  const hinted = column.role === 'date' ? planner.bareColumns(({ role }) => role === 'date')[0] : undefined;
  const by = hinted ?? column;
  if (reading.groups.length > 0) draft.penalty += VAGUE;
  if (scope.main.labels.length === 0 && scope.paths.size > 1) draft.penalty += 0.2;
  const asked = draft.columns;
  describeRows(planner, [by]);
  draft.columns = [...asked, ...draft.columns, ...reading.besides.map(planColumn)];
  draft.order = [{ by: planColumn(by), descending: high }];
  if (by.profile.nullable) draft.filters.push({ kind: 'null', column: planColumn(by), negated: true });
  planner.cut(clause);
  planner.settle();
  return draft;
}
