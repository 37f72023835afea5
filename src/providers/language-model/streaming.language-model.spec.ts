import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { ask, collect, type Outcome, saying } from '../../../test/support/models/ask.js';
import { ScriptedLanguageModel } from '../../../test/support/models/scripted-language-model.js';
import { until } from '../../../test/support/until.js';
import { SystemClock } from '../clock/system.clock.js';
import { ModelAnswerEndless, ModelFirstTokenLate, ModelIdle, ModelThrottled } from './errors.js';

const deadlines = { firstTokenMs: 120_000, idleMs: 60_000, totalMs: 600_000 };

/** A clock that does not wait, but remembers for how long it should have. */
class HastyClock extends SystemClock {
  readonly waits: number[] = [];

  override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds >= deadlines.idleMs) return super.sleep(milliseconds, signal);
    this.waits.push(milliseconds);
  }
}

describe('StreamingLanguageModel', () => {
  /** Begins an answer that falls silent at frame `at`, and says what came of it when the clock has been moved. */
  async function begin(at: number) {
    const clock = new ManualClock();
    const model = new ScriptedLanguageModel({ clock, deadlines });
    model.answerWith({ parts: [{ text: ['a', 'b', 'c'] }], fault: { at, kind: 'silence' } });
    let seen = 0;
    let outcome: Outcome | undefined;
    const stream = model.stream(saying('Hi'), new AbortController().signal);
    void collect(stream, () => (seen += 1)).then((result) => (outcome = result));
    await until(async () => model.openCount === 1 && seen === at);
    const pass = async (milliseconds: number) => {
      clock.advance(milliseconds);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return outcome?.error;
    };
    return pass;
  }

  it('R51: waits for the first token to the millisecond', async () => {
    const pass = await begin(0);
    expect(await pass(60_000)).toBeUndefined();
    expect(await pass(59_999)).toBeUndefined();
    expect(await pass(1)).toBeInstanceOf(ModelFirstTokenLate);
  });

  it('R51: waits for the next event to the millisecond, once the first has come', async () => {
    const pass = await begin(1);
    expect(await pass(59_999)).toBeUndefined();
    expect(await pass(1)).toBeInstanceOf(ModelIdle);
  });

  it('ends an answer at its last deadline, whatever the others say', async () => {
    const clock = new ManualClock();
    const model = new ScriptedLanguageModel({ clock, deadlines: { ...deadlines, totalMs: 1000 } });
    model.answerWith({ parts: [{ text: ['a', 'b'] }], fault: { at: 1, kind: 'silence' } });
    const run = ask(model);
    await until(async () => model.openCount === 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    clock.advance(1000);
    expect((await run).error).toBeInstanceOf(ModelAnswerEndless);
  });

  it('waits longer before each attempt, by chance, and not for ever', async () => {
    const clock = new HastyClock();
    const model = new ScriptedLanguageModel({ clock, deadlines, maxAttempts: 12 });
    model.answerWith({ refusal: 'throttled' });
    expect((await ask(model)).error).toBeInstanceOf(ModelThrottled);
    expect(model.requestCount).toBe(12);
    expect(clock.waits).toHaveLength(11);
    clock.waits.forEach((wait, index) => expect(wait).toBeLessThanOrEqual(Math.min(8000, 250 * 2 ** index)));
    expect(new Set(clock.waits).size).toBe(11);
  });

  it('ends an answer that is longer than any answer', async () => {
    const model = new ScriptedLanguageModel();
    model.answerWith({ parts: [{ text: ['x'.repeat(9_000_000), 'y'.repeat(9_000_000)] }] });
    const { events, error } = await ask(model);
    expect(events).toHaveLength(1);
    expect(error).toBeInstanceOf(ModelAnswerEndless);
  });
});
