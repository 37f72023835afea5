import { describe, expect, it } from '@jest/globals';
import type { RunEvent, RunEventBody } from '../../lib/socket/frames';
import { beginningOf, currentStep, hasEnded, labelOf, progressed, type RunProgress } from './run-progress';

/** The run after these events, which come a second apart. */
function after(...events: readonly RunEventBody[]): RunProgress {
  return events.reduce<RunProgress>((progress, event, index) => {
    const whole = { ...event, run_id: 'run_1', conversation_id: 'conv_1', seq: index + 1 } as RunEvent;
    return progressed(progress, whole, index * 1000);
  }, beginningOf('run_1'));
}

const interrupt: RunEventBody = {
  type: 'interrupt',
  interrupt_id: 'int_1',
  kind: 'clarify',
  question: 'Which distance?',
  options: [{ value: 'a', label: 'A' }],
  expires_at: '2026-01-01T00:00:00Z',
};
const saidInWords: RunEventBody = {
  type: 'assistant',
  content: 'Which?\n1. A',
  message_id: 'msg_1',
  status: 'partial',
};

describe('the progress of a run', () => {
  it('tells what goes on, and how long what is done has taken', () => {
    const progress = after(
      { type: 'run.started' },
      { type: 'step.started', name: 'generate' },
      { type: 'tool.started', name: 'search_values', input: { text: 'Lisbon\n ' } },
    );
    expect(labelOf(currentStep(progress)!)).toBe('Looking up values');
    expect(currentStep(progress)!.detail).toBe('Lisbon ');
    const next = {
      type: 'tool.finished',
      name: 'search_values',
      run_id: 'run_1',
      conversation_id: 'c',
      seq: 4,
    } as const;
    const after4 = progressed(progress, next, 5000);
    expect(labelOf(currentStep(after4)!)).toBe('Thinking');
    expect(after4.steps[1]).toMatchObject({ startedAt: 2000, endedAt: 5000 });
  });

  it('puts the text together', () => {
    expect(after({ type: 'text.delta', text: 'There are ' }, { type: 'text.delta', text: '41.' }).text).toBe(
      'There are 41.',
    );
  });

  it('shows what is asked, not the answer in words that goes with it', () => {
    const progress = after(interrupt, saidInWords);
    expect(progress.interrupt?.question).toBe('Which distance?');
    expect(progress.answer).toBeUndefined();
    expect(hasEnded(progress)).toBe(false);
  });

  it('asks no longer once the run goes on, whoever has answered', () => {
    expect(after(interrupt, saidInWords, { type: 'step.started', name: 'plan' }).interrupt).toBeUndefined();
  });

  it('ends with the answer, and says why when there is none', () => {
    const problem = { type: '/problems/run-cancelled', title: 'Cancelled', status: 409, detail: 'Cancelled.' };
    const progress = after(
      { type: 'step.started', name: 'execute' },
      { type: 'assistant', content: 'Cancelled.', message_id: 'msg_1', status: 'cancelled' },
      { type: 'run.finished', outcome: 'cancelled', problem },
    );
    expect(progress).toMatchObject({ outcome: 'cancelled', problem, answer: { status: 'cancelled' } });
    expect(hasEnded(progress)).toBe(true);
    expect(currentStep(progress)).toBeUndefined();
  });

  it('has words for what it does not know', () => {
    expect(labelOf({ name: 'weather', kind: 'tool' })).toBe('Using weather');
    expect(labelOf({ name: 'new_step', kind: 'step' })).toBe('new step');
  });
});
