import { planColumn } from '../grammar/clause.js';
import type { Measure } from '../plan.js';
import { columnLabel } from '../schema/columns.js';
import { WRONG } from './penalties.js';
import type { Planner } from './planner.js';
import type { Grouping } from './reading.js';

/** Columns of fewer values than this are rather groups than amounts. */
const FEWEST_VALUES = 30;

/** A measure in proportion to one of the groups, which is then no group any more. */
export interface Ratio {
  readonly measure: Measure;
  readonly groups: readonly Grouping[];
}

/** `average number of orders per customer`, `cost per litre`. */
export function ratioOf(planner: Planner, [measure, other]: readonly Measure[]): Ratio | undefined {
  const { reading } = planner;
  if (!measure || other) return undefined;
  const ratio = reading.averagesCount ? countPerThing(planner, measure) : amountPerAmount(planner, measure);
  if (reading.averagesCount && !ratio) planner.draft.penalty += WRONG;
  return ratio;
}

function countPerThing({ reading, scope }: Planner, { aggregate, column }: Measure): Ratio | undefined {
  if (aggregate !== 'count' || column) return undefined;
  for (const group of reading.groups) {
    if (!('noun' in group) || group.noun.type === 'rows') continue;
    const { noun } = group;
    const per = noun.type === 'entity' ? scope.paths.get(noun.table)?.at(-1)?.from : noun.column;
    if (!per || per.table !== scope.main || per.unique || (per.role !== 'id' && per.role !== 'text')) continue;
    return {
      measure: { aggregate: 'ratio', per: { aggregate: 'count_distinct', column: planColumn(per) } },
      groups: reading.groups.filter((each) => each !== group),
    };
  }
  return undefined;
}

function amountPerAmount({ reading, draft }: Planner, { aggregate, column }: Measure): Ratio | undefined {
  if ((aggregate !== 'sum' && aggregate !== 'avg') || !column) return undefined;
  for (const group of reading.groups) {
    if (!('noun' in group) || group.noun.type !== 'column') continue;
    const per = group.noun.column;
    const isAmount = per.role === 'number' && per.additive && (per.profile.distinct ?? 0) > FEWEST_VALUES;
    if (!isAmount || per.table.name !== column.table) continue;
    draft.assumptions.push(`I divided all of it by all ${columnLabel(per)}.`);
    return {
      measure: { aggregate: 'ratio', column, per: { aggregate: 'sum', column: planColumn(per) } },
      groups: reading.groups.filter((each) => each !== group),
    };
  }
  return undefined;
}
