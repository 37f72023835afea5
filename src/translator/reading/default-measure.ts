import { planColumn } from '../grammar/clause.js';
import type { Measure } from '../plan.js';
import { type ColumnInfo, columnLabel } from '../schema/columns.js';
import type { Draft } from './candidate.js';

/** The sum where sums of a column mean something, else the average; says so. */
export function defaultMeasure(column: ColumnInfo, draft: Draft): Measure {
  draft.assumptions.push(`I took the ${column.additive ? 'sum' : 'average'} of ${columnLabel(column)}.`);
  return { aggregate: column.additive ? 'sum' : 'avg', column: planColumn(column) };
}
