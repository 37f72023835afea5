import { planColumn } from '../grammar/clause.js';
import type { Measure } from '../plan.js';
import { columnLabel } from '../schema/columns.js';
import type { Draft } from './candidate.js';

/** How many things the rows of the main table stand for: rows, or the sum of the column that counts them. */
export function countOfThings(draft: Draft): Measure {
  const { tally } = draft.scope.main;
  if (!tally) return { aggregate: 'count' };
  draft.assumptions.push(`Each row stands for many, so I added up ${columnLabel(tally)}.`);
  return { aggregate: 'sum', column: planColumn(tally) };
}

/** What sides are compared by when nothing is said: the only amount that there is, else how many they are. */
export function impliedMeasure(draft: Draft): Measure {
  const { soleAmount, tally } = draft.scope.main;
  if (tally || !soleAmount) return countOfThings(draft);
  const { additive } = soleAmount;
  draft.assumptions.push(`I took the ${additive ? 'sum' : 'average'} of ${columnLabel(soleAmount)}.`);
  return { aggregate: additive ? 'sum' : 'avg', column: planColumn(soleAmount) };
}
