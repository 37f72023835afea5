import { describe, expect, it } from '@jest/globals';
import { afterEvent, type Followed } from './followed';
import { currentStep, retryableSteps, type StepStatus } from './steps';

const waiting: StepStatus = {
  status: 'pending',
  message: 'Waiting for the steps before it',
  started_at: null,
  completed_at: null,
  duration_ms: null,
  usage: null,
};
const begun: Followed = {
  analysis: {
    request_id: 'ana_1',
    research_data: 'file:interview.txt',
    title: 'An interview',
    method: 'extractive',
    interviews: [],
    analysis_result: {
      result_data: null,
      steps_status: {
        chunking: waiting,
        inferring: waiting,
        relating: waiting,
        explaining: waiting,
        activating: waiting,
      },
    },
    user_id: 'user-1',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    overall_status: 'pending',
  },
};
const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
const events: readonly (readonly [string, object])[] = [
  ['analysis.queued', { at: at(0), from_step: 'chunking', method: 'extractive' }],
  ['analysis.started', { at: at(1) }],
  ['analysis.step.started', { at: at(1), step: 'chunking', message: 'Reading the interviews' }],
  ['analysis.step.progress', { at: at(2), step: 'chunking', message: 'Reading 2 interviews, 1 done', fraction: 0.5 }],
  ['analysis.step.completed', { at: at(3), step: 'chunking', message: 'Successfully created 15 chunks', usage: null }],
  ['analysis.step.started', { at: at(3), step: 'inferring', message: 'Finding what each chunk means' }],
];
const after = (count: number) =>
  events.slice(0, count).reduce((now, [event, data]) => afterEvent(now, event, data), begun);
const problem = { title: 'The language model does not answer', detail: 'Try again.' };
const failure = { at: at(4), step: 'inferring', message: 'Inferring failed', problem };
const failed = () =>
  afterEvent(afterEvent(after(6), 'analysis.step.failed', failure), 'analysis.finished', {
    at: at(4),
    overall_status: 'failed',
    problem,
  });

describe('afterEvent', () => {
  it('follows the steps with their messages, times and how far they are', () => {
    const reading = after(4);
    expect(reading).toMatchObject({ fraction: 0.5, analysis: { overall_status: 'processing' } });
    expect(reading.analysis.analysis_result.steps_status.chunking).toMatchObject({
      status: 'processing',
      message: 'Reading 2 interviews, 1 done',
      started_at: at(1),
    });
    const next = after(6);
    expect(next.fraction).toBeUndefined();
    expect(next.analysis.analysis_result.steps_status.chunking).toMatchObject({
      status: 'completed',
      message: 'Successfully created 15 chunks',
      duration_ms: 2000,
    });
    expect(currentStep(next.analysis)).toBe('inferring');
  });

  it('takes nothing back when the stream begins with what is known', () => {
    expect(events.slice(0, 3).reduce((now, [event, data]) => afterEvent(now, event, data), after(6))).toEqual(after(6));
  });

  it('says why a step failed, and goes on from a step', () => {
    expect(failed().analysis).toMatchObject({ overall_status: 'failed', error: problem });
    expect(failed().analysis.analysis_result.steps_status.inferring).toMatchObject({
      status: 'failed',
      error: problem,
    });
    expect(retryableSteps(failed().analysis)).toEqual(['chunking', 'inferring']);
    expect(retryableSteps(after(6).analysis)).toEqual([]);
    const again = afterEvent(failed(), 'analysis.queued', { at: at(5), from_step: 'inferring', method: 'extractive' });
    expect(again.analysis).toMatchObject({ overall_status: 'pending', error: undefined });
    expect(again.analysis.analysis_result.steps_status.chunking.status).toBe('completed');
    expect(again.analysis.analysis_result.steps_status.inferring.status).toBe('pending');
  });
});
