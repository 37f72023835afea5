import { planColumn } from '../grammar/clause.js';
import type { Comparison, Measure } from '../plan.js';
import { columnLabel } from '../schema/columns.js';
import type { Draft } from './candidate.js';
import type { Planner } from './planner.js';
import type { PlacedFilter } from './reading.js';

type Total = PlacedFilter & { readonly operator: Comparison; readonly value: number };

/** `Which countries have more than 500 visits?`: an amount of the whole group, where a group has many rows. */
export function totalOfGroups(planner: Planner): Total | undefined {
  const { reading } = planner;
  const asksForGroups =
    reading.ask === 'which' || reading.ask === 'who' || reading.ask === 'list' || reading.ask === undefined;
  if (!asksForGroups || !reading.heads.every((head) => planner.isGroup(head)) || reading.heads.length === 0)
    return undefined;
  for (const each of reading.filters) {
    const { filter, column } = each;
    const isTotal =
      each.counts &&
      filter.kind === 'compare' &&
      column.additive &&
      filter.operator !== '=' &&
      filter.operator !== '<>';
    if (isTotal) return { ...each, operator: filter.operator, value: filter.value };
  }
  return undefined;
}

export function totalsPlan(planner: Planner, { column, operator, value, filter }: Total): Draft {
  const { draft, reading } = planner;
  const measure: Measure = { aggregate: 'sum', column: planColumn(column) };
  draft.filters = draft.filters.filter((each) => each !== filter);
  draft.dimensions = planner.dimensions(reading.heads);
  draft.measures = [measure];
  draft.having = [{ measure, operator, value }];
  draft.assumptions.push(`I compared the sums of ${columnLabel(column)}.`);
  planner.settle();
  return draft;
}
