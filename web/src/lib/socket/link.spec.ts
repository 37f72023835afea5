import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ClientFrame, Request, RunEvent, ServerFrame } from './frames';
import {
  answerWithinMs,
  backoffMs,
  type Effect,
  type Input,
  type Link,
  pingAfterMs,
  silenceMs,
  step,
  unlinked,
} from './link';

const chat = (id: string): Request => ({ type: 'chat', id, content: 'How many?', conversation_id: 'conv_1' });

/** The service as far as the protocol goes: each question makes one run, whose events are stored and sent from any place. */
class ModelService {
  readonly asked: string[] = [];
  readonly answered: string[] = [];
  private readonly runs = new Map<string, number>();

  constructor(private readonly eventsPerRun: number) {}

  answer(frame: ClientFrame): ServerFrame[] {
    switch (frame.type) {
      case 'hello':
        return [{ type: 'welcome' }, { type: 'ack', re: frame.id }];
      case 'ping':
        return [{ type: 'pong', re: frame.id }];
      case 'chat': {
        const runId = `run_${frame.id}`;
        const duplicate = this.runs.has(runId) ? ({ duplicate: true } as const) : {};
        if (!this.runs.has(runId)) this.asked.push(frame.id);
        this.runs.set(runId, this.eventsPerRun);
        return [{ type: 'ack', re: frame.id, run_id: runId, ...duplicate }, ...this.eventsOf(runId, 0)];
      }
      case 'subscribe':
        return [{ type: 'ack', re: frame.id, run_id: frame.run_id }, ...this.eventsOf(frame.run_id, frame.after)];
      case 'respond':
        if (this.answered.includes(frame.interrupt_id)) return [{ type: 'error', re: frame.id, problem: notOpen }];
        this.answered.push(frame.interrupt_id);
        return [{ type: 'ack', re: frame.id, run_id: frame.run_id }];
      case 'cancel':
        return [{ type: 'ack', re: frame.id, run_id: frame.run_id }];
    }
  }

  private eventsOf(runId: string, after: number): RunEvent[] {
    const last = this.runs.get(runId) ?? 0;
    return Array.from({ length: Math.max(0, last - after) }, (_, index) => {
      const seq = after + index + 1;
      const place = { run_id: runId, conversation_id: 'conv_1', seq };
      return seq === last
        ? { type: 'run.finished', outcome: 'completed', ...place }
        : { type: 'text.delta', text: `${seq} `, ...place };
    });
  }
}

const notOpen = { type: '/problems/nothing-to-answer', title: 'Not open', status: 409, detail: 'Answered already.' };

/** What the network does with the next frame. */
type Fate = 'deliver' | 'double' | 'swap' | 'lose' | 'cut';

/** A client and the service with an unreliable network between them. */
class Wire {
  link: Link = unlinked;
  readonly events: RunEvent[] = [];
  readonly settled: string[] = [];
  readonly refused: string[] = [];
  private at = 0;
  private inFlight: ServerFrame[] = [];

  constructor(private readonly service: ModelService) {}

  input(input: DistributiveOmit<Input, 'at'>): void {
    const [next, effects] = step(this.link, { ...input, at: this.at });
    this.link = next;
    for (const effect of effects) this.effect(effect);
  }

  pass(milliseconds: number): void {
    this.at += milliseconds;
    this.input({ type: 'tick' });
  }

  /** Lets the next frame meet its fate; false when none is on its way. */
  next(fate: Fate): boolean {
    if (fate === 'cut') this.cut();
    const frame = this.inFlight.shift();
    if (!frame) return false;
    if (fate === 'swap' && this.inFlight.length > 0) this.inFlight.splice(1, 0, frame);
    else if (fate === 'lose') return true;
    else this.input({ type: 'frame', frame });
    if (fate === 'double') this.input({ type: 'frame', frame });
    return true;
  }

  private cut(): void {
    this.inFlight = [];
    if (this.link.phase === 'open' || this.link.phase === 'greeting')
      this.input({ type: 'closed', code: 1006, random: 0.5 });
  }

  private effect(effect: Effect): void {
    if (effect.type === 'connect') this.input({ type: 'opened', token: 'token' });
    else if (effect.type === 'disconnect') this.cut();
    else if (effect.type === 'send') this.inFlight.push(...this.service.answer(effect.frame));
    else if (effect.type === 'event') this.events.push(effect.event);
    else if (effect.type === 'taken') this.settled.push(effect.id);
    else if (effect.type === 'refused') this.refused.push(effect.id);
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

describe('the connection to the chat', () => {
  it('R52: whatever the network cuts, doubles, swaps and loses, every event is passed on once and in order', () => {
    const fates = fc.array(fc.constantFrom<Fate>('deliver', 'deliver', 'double', 'swap', 'lose', 'cut'), {
      maxLength: 120,
    });
    const property = fc.property(
      fates,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 4 }),
      (plan, length, questions) => {
        const service = new ModelService(length);
        const wire = new Wire(service);
        const ids = Array.from({ length: questions }, (_, index) => `q${index}`);
        for (const id of ids) wire.input({ type: 'say', request: chat(id) });
        for (const fate of plan) wire.next(fate);
        // The network heals: what is missing comes by itself.
        for (let round = 0; round < 200; round += 1) {
          while (wire.next('deliver'));
          wire.pass(silenceMs / 2);
        }
        expect(service.asked.toSorted()).toEqual(ids);
        expect(wire.settled.toSorted()).toEqual(ids);
        for (const id of ids) {
          const seqs = wire.events.filter(({ run_id }) => run_id === `run_${id}`).map(({ seq }) => seq);
          expect(seqs).toEqual(Array.from({ length }, (_, index) => index + 1));
        }
        expect(wire.link.followed).toEqual({});
        expect(wire.link.outbox).toEqual([]);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it('R52: goes on after the last event that it has when it has followed a run before', () => {
    const service = new ModelService(5);
    const wire = new Wire(service);
    service.answer({ ...chat('q'), type: 'chat', content: 'x', conversation_id: 'conv_1' });
    wire.input({ type: 'follow', runId: 'run_q', after: 3 });
    while (wire.next('deliver'));
    expect(wire.events.map(({ seq }) => seq)).toEqual([4, 5]);
  });

  it('takes it for answered when the first of two answers to an interrupt got through', () => {
    const wire = new Wire(new ModelService(1));
    wire.input({ type: 'wanted' });
    while (wire.next('deliver'));
    wire.input({
      type: 'say',
      request: { type: 'respond', id: 'r', run_id: 'run_1', interrupt_id: 'int_1', value: 'a' },
    });
    wire.next('cut');
    while (wire.next('deliver'));
    expect(wire.settled).toEqual(['r']);
    wire.input({
      type: 'say',
      request: { type: 'respond', id: 's', run_id: 'run_1', interrupt_id: 'int_1', value: 'b' },
    });
    while (wire.next('deliver'));
    expect(wire.refused).toEqual(['s']);
  });

  it('asks whether the service is there when it is silent, and gives the connection up when it is not', () => {
    const [greeting] = step({ ...unlinked, phase: 'connecting' }, { type: 'opened', token: 't', at: 0 });
    const [open] = step(greeting, { type: 'frame', frame: { type: 'welcome' }, at: 0 });
    const [pinged, pings] = step(open, { type: 'tick', at: pingAfterMs + 1 });
    expect(pings).toEqual([{ type: 'send', frame: expect.objectContaining({ type: 'ping' }) }]);
    expect(step(pinged, { type: 'tick', at: pingAfterMs + answerWithinMs })[1]).toEqual([]);
    expect(step(pinged, { type: 'tick', at: pingAfterMs + answerWithinMs + 2 })[1]).toEqual([{ type: 'disconnect' }]);
    const [answered] = step(pinged, { type: 'frame', frame: { type: 'pong' }, at: pingAfterMs + 5 });
    expect(step(answered, { type: 'tick', at: pingAfterMs + answerWithinMs + 2 })[1]).toEqual([]);
  });

  it('comes back when the service has said, and with a new token when the old one was refused', () => {
    const open: Link = { ...unlinked, phase: 'open' };
    const [leaving] = step(open, { type: 'frame', frame: { type: 'going_away', reconnect_after_ms: 1000 }, at: 0 });
    const closing = { type: 'closed', random: 0, at: 0 } as const;
    expect(step(leaving, { ...closing, code: 1001 })[1]).toEqual([{ type: 'connect', afterMs: 1000, renew: false }]);
    expect(step(open, { ...closing, code: 4401 })[1]).toEqual([{ type: 'connect', afterMs: 250, renew: true }]);
  });

  it('keeps a question that the stopping service could not take', () => {
    const [asked] = step({ ...unlinked, phase: 'open' }, { type: 'say', request: chat('q'), at: 0 });
    const problem = { type: '/problems/service-stopping', title: 'Stopping', status: 503, detail: 'Later.' };
    const [kept, effects] = step(asked, { type: 'frame', frame: { type: 'error', re: 'q', problem }, at: 0 });
    expect(effects).toEqual([]);
    expect(step(kept, { type: 'tick', at: 2_000 })[1]).toEqual([{ type: 'send', frame: chat('q') }]);
  });

  it('says which run cannot be followed any more', () => {
    const [following, [subscribed]] = step(
      { ...unlinked, phase: 'open' },
      { type: 'follow', runId: 'run_1', after: 0, at: 0 },
    );
    const re = subscribed?.type === 'send' ? subscribed.frame.id : '';
    const problem = { type: '/problems/run-events-expired', title: 'Gone', status: 410, detail: 'Gone.' };
    const [left, effects] = step(following, { type: 'frame', frame: { type: 'error', re, problem }, at: 1 });
    expect(effects).toEqual([{ type: 'lost', runId: 'run_1', problem }]);
    expect(left.followed).toEqual({});
  });

  it('waits longer after each failure, up to fifteen seconds', () => {
    expect([0, 1, 2, 10, 50].map((failures) => backoffMs(failures, 1))).toEqual([500, 1000, 2000, 15_000, 15_000]);
    expect(backoffMs(3, 0)).toBe(2000);
  });
});
