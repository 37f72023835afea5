import { setMaxListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairSlots, type Release } from './fair-slots.js';

const never = new AbortController().signal;
setMaxListeners(0, never);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('FairSlots', () => {
  it('gives out as many slots as there are, and no more', async () => {
    const slots = new FairSlots(2);
    const first = slots.tryTake('a', 9)!;
    expect(slots.tryTake('a', 9)).toBeDefined();
    expect(slots.tryTake('a', 9)).toBeUndefined();
    first();
    first();
    expect(slots.tryTake('a', 9)).toBeDefined();
    expect(slots.tryTake('a', 9)).toBeUndefined();
  });

  it('R8: leaves a slot to others, however many one tenant asks for', async () => {
    const slots = new FairSlots(3);
    for (let each = 0; each < 200; each += 1) void slots.take('busy', 2, never);
    await settled();
    expect(slots.tryTake('busy', 2)).toBeUndefined();
    const quiet = slots.tryTake('quiet', 2)!;
    expect(slots.tryTake('third', 2)).toBeUndefined();
    quiet();
    expect(slots.tryTake('third', 2)).toBeDefined();
  });

  it('R8: lets a tenant with one query wait for one turn only, however long another one’s line is', async () => {
    const slots = new FairSlots(1);
    const order: string[] = [];
    const releases: Release[] = [await slots.take('busy', 1, never)];
    const enter = async (tenant: string) => {
      const release = await slots.take(tenant, 1, never);
      order.push(tenant);
      releases.push(release);
    };
    for (let each = 0; each < 200; each += 1) void enter('busy');
    void enter('quiet');
    for (let turn = 0; turn < 3; turn += 1) {
      releases.shift()!();
      await settled();
    }
    expect(order).toEqual(['quiet', 'busy', 'busy']);
  });

  it('forgets whoever gives up waiting', async () => {
    const slots = new FairSlots(1);
    const held = slots.tryTake('zero', 1)!;
    const leaving = new AbortController();
    const waiting = slots.take('one', 1, leaving.signal);
    const other = slots.take('two', 1, never);
    leaving.abort(new Error('changed my mind'));
    await expect(waiting).rejects.toThrow('changed my mind');
    await expect(slots.take('one', 1, leaving.signal)).rejects.toThrow('changed my mind');
    held();
    (await other)();
    expect(slots.tryTake('zero', 1)).toBeDefined();
  });

  it('holds a tenant to its latest limit', async () => {
    const slots = new FairSlots(3);
    const first = slots.tryTake('a', 1)!;
    let granted = 0;
    void slots.take('a', 1, never).then(() => (granted += 1));
    await settled();
    expect(granted).toBe(0);
    void slots.take('a', 2, never).then(() => (granted += 1));
    await settled();
    expect(granted).toBe(1);
    first();
    await settled();
    expect(granted).toBe(2);
  });

  it('never exceeds its slots or a limit, is never idle while somebody allowed waits, and loses no slot', async () => {
    const arrivals = fc.array(fc.record({ tenant: fc.integer({ min: 0, max: 4 }), leaves: fc.boolean() }), {
      maxLength: 40,
    });
    const sizes = fc.record({ size: fc.integer({ min: 1, max: 4 }), most: fc.integer({ min: 1, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(sizes, arrivals, async ({ size, most }, all) => {
        const slots = new FairSlots(size);
        const running: { tenant: number; release: Release }[] = [];
        const waiting: number[] = [];
        const of = (tenant: number) => running.filter((each) => each.tenant === tenant).length;
        const stopWaiting = (tenant: number) => waiting.splice(waiting.indexOf(tenant), 1);
        const enter = async (tenant: number, signal: AbortSignal) => {
          waiting.push(tenant);
          const release = await slots.take(String(tenant), most, signal).finally(() => stopWaiting(tenant));
          running.push({ tenant, release });
        };
        const check = () => {
          expect(running.length).toBeLessThanOrEqual(size);
          for (const { tenant } of running) expect(of(tenant)).toBeLessThanOrEqual(most);
          if (running.length < size) expect(waiting.filter((tenant) => of(tenant) < most)).toEqual([]);
        };
        for (const { tenant, leaves } of all) {
          const leaving = new AbortController();
          enter(tenant, leaving.signal).catch(() => undefined);
          if (leaves) leaving.abort(new Error('left'));
          await settled();
          check();
        }
        while (running.length > 0) {
          running.shift()!.release();
          await settled();
          check();
        }
        expect(waiting).toEqual([]);
        for (let each = 0; each < size; each += 1) expect(slots.tryTake('last', size)).toBeDefined();
        expect(slots.tryTake('last', size + 1)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
});
