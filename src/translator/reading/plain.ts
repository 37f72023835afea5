import { isDeepStrictEqual } from 'node:util';
import { planColumn } from '../grammar/clause.js';
import type { Measure } from '../plan.js';
import { type ColumnInfo, columnLabel } from '../schema/columns.js';
import type { Draft } from './candidate.js';
import { defaultMeasure } from './default-measure.js';
import { VAGUE, WRONG } from './penalties.js';
import type { Planner } from './planner.js';
import type { Computed, Grouping } from './reading.js';
import { goodsOf } from '../schema/quantities.js';
import { totalOfGroups, totalsPlan } from './totals.js';
import { ratioOf } from './ratios.js';
import { describeRows } from './rows.js';

/** Plans of questions without a superlative: summaries, groups, look-ups, lists. */
export function plainPlans(planner: Planner): readonly Draft[] {
  const { reading } = planner;
  const computedFilters = reading.computed.length > 0 || reading.having.length > 0;
  if (reading.ask === 'exists' && !computedFilters) return [existsPlan(planner)];
  if (isCountOfPinned(planner)) return [pinnedCount(planner)];
  if (reading.ask === 'much' && !computedFilters && !planner.isPinned()) sumAmounts(planner);
  const groupings =
    reading.having.length > 0 && reading.computed.length === 0 ? [...reading.heads, ...reading.groups] : reading.groups;
  if (reading.computed.length > 0)
    return [
      summary(
        planner,
        reading.computed.map((each) => planner.measure(each)),
      ),
    ];
  if (reading.having.length > 0) return [thresholdPlan(planner, groupings)];
  const total = totalOfGroups(planner);
  if (total) return [totalsPlan(planner, total)];
  if (reading.groups.length > 0) return groupedPlans(planner);
  return describeRows(planner);
}

function summary(planner: Planner, measures: readonly Measure[]): Draft {
  const { draft, reading } = planner;
  const ratio = ratioOf(planner, measures);
  draft.measures = [
    ...(ratio
      ? [ratio.measure]
      : measures.filter((each, at) => measures.findIndex((one) => isDeepStrictEqual(one, each)) === at)),
    ...reading.besides.map((column) => defaultMeasure(column, draft)),
  ];
  const heads = reading.heads.filter((head) => !('noun' in head) || head.noun.type === 'column');
  const asked = ratio?.groups ?? reading.groups;
  const groups = asked.filter((group) => !planner.isEachRow(group));
  const isOne =
    groups.length < asked.length && measures.some(({ aggregate }) => aggregate !== 'avg' && aggregate !== 'median');
  if (isOne) draft.penalty += WRONG;
  draft.dimensions = planner.dimensions(
    reading.ask === 'which' || reading.ask === 'list' ? [...heads, ...groups] : groups,
  );
  planner.addHaving();
  planner.sort();
  planner.settle();
  return draft;
}

function thresholdPlan(planner: Planner, groupings: readonly Grouping[]): Draft {
  const { draft } = planner;
  const bare =
    groupings.length > 0
      ? []
      : planner
          .bareColumns(({ role }) => role === 'text')
          .map((column) => ({
            noun: { type: 'column', column, namesHead: true } as const,
          }));
  draft.dimensions = planner.dimensions([...groupings, ...bare]);
  if (draft.dimensions.length === 0) draft.penalty += WRONG;
  planner.addHaving();
  draft.measures = draft.having.map(({ measure }) => measure);
  planner.settle();
  return draft;
}

/** `How much did each driver bring in?`, `How much gas did we burn?`: the only money that the rows tell, else the only goods. */
function impliedMoney({ scope, draft, reading }: Planner): readonly ColumnInfo[] {
  const { money: earned } = scope.main.everyday;
  const goods = goodsOf(scope.main);
  const [money, other] = earned.length > 0 || !goods ? earned : [goods];
  const asksForOther = reading.bare.some(({ type }) => type !== 'rows');
  if (!money || other || asksForOther) return [];
  draft.assumptions.push(`I took ${columnLabel(money)} as the amount.`);
  return [money];
}

/** `sales by region`: the sum where sums mean something, else a question back. */
function groupedPlans(planner: Planner): readonly Draft[] {
  const amounts = [...planner.bareColumns(({ role }) => role === 'number'), ...planner.takeHeadAmounts()];
  const dates = planner.bareColumns(({ role }) => role === 'date');
  if (amounts.length === 0) {
    const [date] = dates;
    const units = planner.reading.groups.some((group) => 'unit' in group);
    if (date) planner.reading.bare.push({ type: 'column', column: date, namesHead: true });
    planner.draft.penalty += units || namesMain(planner) ? 0 : 0.1;
    const draft = summary(planner, [{ aggregate: 'count' }]);
    if (date) draft.filters.push({ kind: 'null', column: planColumn(date), negated: true });
    return [draft];
  }
  const listed = planner.reading.ask === 'list' || planner.reading.ask === 'which' ? 0.05 : 0;
  planner.draft.penalty += listed;
  if (amounts.every(({ additive }) => additive)) {
    planner.draft.assumptions.push(`I added up ${amounts.map(columnLabel).join(' and ')}.`);
    return [
      summary(
        planner,
        amounts.map((column) => ({ aggregate: 'sum', column: planColumn(column) })),
      ),
    ];
  }
  if (
    amounts.every(
      ({ intensive, additive, type, unit }) => intensive || (type === 'double' && !additive && unit === undefined),
    )
  ) {
    planner.draft.assumptions.push(`I took the average of ${amounts.map(columnLabel).join(' and ')}.`);
    return [
      summary(
        planner,
        amounts.map((column) => ({ aggregate: 'avg', column: planColumn(column) })),
      ),
    ];
  }
  const draft = summary(planner, []);
  const of = (aggregate: 'avg' | 'sum' | 'max') => {
    const copy = draft.copy();
    copy.measures = amounts.map((column) => ({ aggregate, column: planColumn(column) }));
    return copy;
  };
  return [of('avg'), of('sum')];
}

function namesMain(planner: Planner): boolean {
  return planner.draft.named.has(planner.scope.main) || planner.reading.bare.some(({ type }) => type === 'rows');
}

function existsPlan(planner: Planner): Draft {
  const { draft } = planner;
  draft.exists = true;
  if (draft.filters.length === 0) draft.penalty += 0.4;
  planner.settle();
  return draft;
}

/** `How many cylinders does the datsun 710 have?` looks a number up. */
function isCountOfPinned(planner: Planner): boolean {
  const [first] = planner.reading.computed;
  const noun = first?.aggregate === 'count' ? first.noun : undefined;
  const isAmount = noun?.type === 'column' && noun.column.role === 'number';
  return isAmount && planner.reading.computed.length === 1 && planner.reading.groups.length === 0 && planner.isPinned();
}

function pinnedCount(planner: Planner): Draft {
  const { draft, reading } = planner;
  const [{ noun }] = reading.computed as [Computed];
  if (noun.type === 'column') draft.columns = [planColumn(noun.column)];
  planner.settle();
  return draft;
}

function sumAmounts(planner: Planner): void {
  const { reading } = planner;
  const named = [...planner.takeHeadAmounts(), ...planner.bareColumns(({ role }) => role === 'number')];
  const amounts = named.length > 0 ? named : impliedMoney(planner);
  for (const column of amounts) {
    if (!column.additive) planner.draft.penalty += VAGUE;
    reading.computed.push({ aggregate: 'sum', noun: { type: 'column', column, namesHead: true } });
  }
  if (amounts.length === 0) planner.draft.penalty += 0.6;
}
