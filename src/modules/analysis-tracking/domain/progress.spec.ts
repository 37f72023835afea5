import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newAnalysis } from '../../../../test/support/new-analysis.js';
import { type Step, steps } from '../../../interviews/analysis.js';
import type { AnalysisRequest } from '../analysis-request.js';
import {
  type AnalysisEvent,
  claim,
  complete,
  completeStep,
  currentStep,
  fail,
  IllegalTransition,
  mayRetry,
  reportStep,
  retryFrom,
  retryStepLater,
  startStep,
  type Transition,
} from './progress.js';

const now = '2026-01-01T00:00:00.000Z';
const done = { message: 'Done', usage: null, output: 'key' };

/** Everything that may be asked of an analysis, in any order and by anybody. */
const command = fc.oneof(
  fc.constantFrom('a', 'b').map((attempt) => (item: AnalysisRequest) => claim(item, attempt, 'job')),
  fc.constantFrom(...steps).map((step) => (item: AnalysisRequest) => startStep(item, step, 'Begins', now)),
  fc.constantFrom(...steps).map((step) => (item: AnalysisRequest) => reportStep(item, step, 'Goes on', 0.5)),
  fc.constantFrom(...steps).map((step) => (item: AnalysisRequest) => retryStepLater(item, step, 'Again')),
  fc.constantFrom(...steps).map((step) => (item: AnalysisRequest) => completeStep(item, step, done, now)),
  fc.constant((item: AnalysisRequest) => fail(item, { message: 'Failed', problem: {} }, now)),
  fc.constant((item: AnalysisRequest) => complete(item, 'result')),
  fc.constantFrom(...steps).map((step) => (item: AnalysisRequest) => retryFrom(item, step, item.method)),
);

function after(item: AnalysisRequest, { set, remove = [] }: Transition): AnalysisRequest {
  const changed = { ...item, ...set };
  for (const name of remove) delete (changed as Partial<AnalysisRequest>)[name];
  return changed;
}

/** The way to a result without any stumbling. */
function* wayTo(end: Step | 'end'): Generator<(item: AnalysisRequest) => Transition> {
  yield (item) => claim(item, 'a', 'job');
  for (const step of steps) {
    yield (item) => startStep(item, step, 'Begins', now);
    if (step === end) return;
    yield (item) => completeStep(item, step, done, now);
  }
  yield (item) => complete(item, 'result');
}

describe('the progress of an analysis', () => {
  it('R45: whatever comes, late, twice or out of order, changes it only where that makes sense', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        let item = newAnalysis();
        for (const each of commands) {
          let transition: Transition;
          try {
            transition = each(item);
          } catch (error) {
            expect(error).toBeInstanceOf(IllegalTransition);
            continue;
          }
          const before = item;
          item = after(item, transition);
          expectSound(item);
          expectTold(before, item, transition.events);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('comes to an end, and keeps when each step began although it began twice', () => {
    let item = newAnalysis();
    for (const next of wayTo('end')) item = after(item, next(item));
    expect(item).toMatchObject({ overall_status: 'completed', result: 'result' });
    let other = newAnalysis();
    for (const next of wayTo('relating')) other = after(other, next(other));
    other = after(other, claim(other, 'b', 'job_2'));
    other = after(other, startStep(other, 'relating', 'Begins', '2027-01-01T00:00:00.000Z'));
    expect(other.steps.relating.started_at).toBe(now);
  });

  it('goes on after a failure with what it had, and does anew what had been completed', () => {
    let item = newAnalysis();
    for (const next of wayTo('relating')) item = after(item, next(item));
    item = after(item, fail(item, { message: 'Failed', problem: {} }, now));
    expect(steps.filter((step) => mayRetry(item, step, item.method))).toEqual(['chunking', 'inferring', 'relating']);
    const rounds = (from: Step) =>
      Object.values(after(item, retryFrom(item, from, item.method)).steps).map(({ round }) => round);
    expect(rounds('relating')).toEqual([1, 1, 1, 1, 1]);
    expect(rounds('inferring')).toEqual([1, 2, 1, 1, 1]);
    expect(mayRetry(item, 'relating', 'model')).toBe(false);
    expect(mayRetry(item, 'inferring', 'model')).toBe(true);
  });
});

/** Steps are done one after the other, and the whole is as they are. */
function expectSound(item: AnalysisRequest): void {
  const states = steps.map((step) => item.steps[step].status);
  const first = states.findIndex((status) => status !== 'completed');
  if (first !== -1) expect(states.slice(first + 1).every((status) => status === 'pending')).toBe(true);
  if (item.overall_status === 'completed') expect([first, item.result]).toEqual([-1, 'result']);
  if (item.overall_status === 'failed') expect(states.filter((status) => status === 'failed')).toHaveLength(1);
  else expect(states).not.toContain('failed');
  if (item.overall_status === 'pending') expect(item.attempt).toBeUndefined();
  for (const step of steps) expect('output' in item.steps[step]).toBe(item.steps[step].status === 'completed');
}

/** Of every end it is told once, and of nothing that is not so. */
function expectTold(before: AnalysisRequest, item: AnalysisRequest, events: readonly AnalysisEvent[]): void {
  const ends = events.filter(({ type }) => type === 'analysis.finished');
  const isOver = ['completed', 'failed'].includes(item.overall_status);
  const wasOver = ['completed', 'failed'].includes(before.overall_status);
  expect(ends.length).toBe(isOver && !wasOver ? 1 : 0);
  for (const event of events)
    if (event.type === 'analysis.step.completed') expect(currentStep(before)).toBe(event.step);
}
