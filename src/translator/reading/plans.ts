import type { Scope } from '../linking/scope.js';
import type { Candidate, Draft } from './candidate.js';
import { comparePlans } from './compared.js';
import { plainPlans } from './plain.js';
import { Planner } from './planner.js';
import { modePlan, rankedPlans } from './ranked.js';
import type { Reading } from './reading.js';
import { sharePlan } from './shares.js';

/** The plans that a reading may mean; more than one where the question leaves it open. */
export function plansOf(reading: Reading, scope: Scope): readonly Candidate[] {
  const planner = new Planner(reading, scope);
  planner.prepare();
  return drafts(planner).map((draft) => draft.finish());
}

function drafts(planner: Planner): readonly Draft[] {
  const { reading } = planner;
  if (reading.share) return sharePlan(planner);
  const isComparison = reading.difference || reading.compare || reading.correlation;
  const compared = isComparison ? comparePlans(planner) : undefined;
  if (compared) return compared;
  if (reading.mode) return [modePlan(planner, reading.mode)];
  return reading.extreme ? rankedPlans(planner, reading.extreme) : plainPlans(planner);
}
