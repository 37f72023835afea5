import { planColumn } from '../grammar/clause.js';
import type { Filter, Measure } from '../plan.js';
import type { ColumnInfo } from '../schema/columns.js';
import type { Draft } from './candidate.js';
import { defaultMeasure } from './default-measure.js';
import { impliedMeasure } from './tally.js';
import { ratioOf } from './ratios.js';
import type { Planner } from './planner.js';
import type { PlacedFilter } from './reading.js';

type ValuesFilter = Extract<Filter, { kind: 'values' }>;

/** `compare X of A and B`, `difference in X between A and B`, `correlation of X and Y`; undefined when it is none of them. */
export function comparePlans(planner: Planner): readonly Draft[] | undefined {
  if (planner.reading.correlation) return [correlation(planner)];
  const sides = planner.reading.filters.find(isPair);
  const periods = planner.draft.filters.find(({ kind }) => kind === 'any');
  if (!sides && periods && planner.reading.compare) return periodComparison(planner, periods);
  if (!sides) {
    planner.draft.penalty += planner.reading.difference
      ? 1
      : planner.reading.groups.length + planner.reading.computed.length > 0
        ? 0.05
        : 0.3;
    return undefined;
  }
  return planner.reading.difference ? [difference(planner, sides)] : comparison(planner, sides);
}

/** `compare X in 2021 and 2022`: by the unit that both periods are. */
function periodComparison(planner: Planner, periods: Filter): readonly Draft[] | undefined {
  const { draft, reading } = planner;
  const [first] = periods.kind === 'any' ? periods.filters : [];
  const amounts = reading.computed.length > 0 ? [] : planner.bareColumns(({ role }) => role === 'number');
  if (first?.kind === 'time') {
    const days = (Date.parse(first.to ?? '') - Date.parse(first.from ?? '')) / 86_400_000;
    draft.dimensions = [
      { ...first.column, unit: days > 300 ? 'year' : days > 80 ? 'quarter' : days > 20 ? 'month' : 'day' },
    ];
  } else if (first?.kind === 'compare') draft.dimensions = [{ ...first.column }];
  else return undefined;
  draft.dimensions = [...draft.dimensions, ...planner.dimensions(reading.groups)];
  draft.measures = [
    ...reading.computed.map((each) => planner.measure(each)),
    ...amounts.map((each) => defaultMeasure(each, draft)),
  ];
  if (draft.measures.length === 0) draft.measures = [impliedMeasure(draft)];
  planner.settle();
  return [draft];
}

function isPair({ filter }: PlacedFilter): boolean {
  return filter.kind === 'values' && !filter.negated && filter.values.length > 1;
}

function correlation(planner: Planner): Draft {
  const { draft } = planner;
  const amounts = [
    ...planner.headColumns().filter(({ role }) => role === 'number'),
    ...planner.bareColumns(({ role }) => role === 'number'),
  ];
  const [one, other] = amounts;
  if (one && other && amounts.length === 2) {
    draft.measures = [{ aggregate: 'correlation', column: planColumn(one), second: planColumn(other) }];
  } else draft.penalty += 1;
  draft.dimensions = planner.dimensions(planner.reading.groups);
  planner.settle();
  return draft;
}

function comparison(planner: Planner, { column }: PlacedFilter): readonly Draft[] | undefined {
  const { draft, reading } = planner;
  if (
    reading.extreme ||
    reading.groups.some((group) => 'noun' in group && group.noun.type === 'column' && group.noun.column === column)
  )
    return undefined;
  const isLabel = planner.scope.main.labels.includes(column) && column.unique;
  const amounts = reading.computed.length > 0 ? [] : planner.bareColumns(({ role }) => role === 'number');
  if (isLabel && reading.computed.length === 0) {
    draft.columns = [column, ...amounts].map(planColumn);
    if (amounts.length === 0) draft.columns = [];
    planner.settle();
    return [draft];
  }
  const measures = [
    ...reading.computed.map((each) => planner.measure(each)),
    ...amounts.map((each) => defaultMeasure(each, draft)),
  ];
  const ratio = ratioOf(planner, measures);
  draft.dimensions = [planColumn(column), ...planner.dimensions(ratio?.groups ?? reading.groups)];
  draft.measures = ratio ? [ratio.measure] : measures;
  if (draft.measures.length === 0) draft.measures = [impliedMeasure(draft)];
  planner.settle();
  return [draft];
}

function difference(planner: Planner, { filter, column }: PlacedFilter): Draft {
  const { draft, reading } = planner;
  const pair = filter as ValuesFilter;
  const computed = reading.computed[0];
  const [amount] = computed
    ? []
    : [
        ...planner.headColumns().filter(({ role }) => role === 'number'),
        ...planner.bareColumns(({ role }) => role === 'number'),
      ];
  const measure: Measure | undefined = computed
    ? planner.measure(computed)
    : amount && sideMeasure(planner, amount, column);
  if (!measure || pair.values.length !== 2 || measure.aggregate === 'share') draft.penalty += 1;
  const [one, other] = pair.values.map((value): Filter => ({ ...pair, values: [value] }));
  if (measure && one && other) {
    draft.measures = [{ ...measure, aggregate: 'difference', between: { aggregate: measure.aggregate, one, other } }];
  }
  draft.dimensions = planner.dimensions(reading.groups);
  planner.settle();
  return draft;
}

/** One row a side needs no aggregate: any gives that row's value. */
function sideMeasure(planner: Planner, amount: ColumnInfo, side: ColumnInfo): Measure {
  if (side.unique) return { aggregate: 'max', column: planColumn(amount) };
  return defaultMeasure(amount, planner.draft);
}
