import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairSlots, type Release } from './fair-slots.js';

const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('FairSlots', () => {
  it('gives out as many slots as there are, and no more', async () => {
    const slots = new FairSlots(2);
    const first = slots.tryTake()!;
    expect(slots.tryTake()).toBeDefined();
    expect(slots.tryTake()).toBeUndefined();
    first();
    first();
    expect(slots.tryTake()).toBeDefined();
    expect(slots.tryTake()).toBeUndefined();
  });

  it('R8: lets a tenant with one query wait for one turn only, however long another one’s line is', async () => {
    const slots = new FairSlots(1);
    const order: string[] = [];
    const releases: Release[] = [await slots.take('busy', never)];
    const enter = async (tenant: string) => {
      const release = await slots.take(tenant, never);
      order.push(tenant);
      releases.push(release);
    };
    for (let each = 0; each < 200; each += 1) void enter('busy');
    void enter('quiet');
    for (let turn = 0; turn < 3; turn += 1) {
      releases.shift()!();
      await settled();
    }
    expect(order).toEqual(['busy', 'quiet', 'busy']);
  });

  it('forgets whoever gives up waiting', async () => {
    const slots = new FairSlots(1);
    const held = slots.tryTake()!;
    const leaving = new AbortController();
    const waiting = slots.take('one', leaving.signal);
    const other = slots.take('two', never);
    leaving.abort(new Error('changed my mind'));
    await expect(waiting).rejects.toThrow('changed my mind');
    await expect(slots.take('one', leaving.signal)).rejects.toThrow('changed my mind');
    held();
    (await other)();
    expect(slots.tryTake()).toBeDefined();
  });

  it('never exceeds its slots, loses none, and serves tenants in turn', async () => {
    const arrivals = fc.array(fc.record({ tenant: fc.integer({ min: 0, max: 4 }), leaves: fc.boolean() }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), arrivals, async (size, all) => {
        const slots = new FairSlots(size);
        const running: Release[] = [];
        let served = 0;
        const enter = async (tenant: number, signal: AbortSignal) => {
          running.push(await slots.take(String(tenant), signal));
          served += 1;
        };
        for (const { tenant, leaves } of all) {
          const leaving = new AbortController();
          enter(tenant, leaving.signal).catch(() => undefined);
          if (leaves) leaving.abort(new Error('left'));
          await settled();
          expect(running.length).toBeLessThanOrEqual(size);
        }
        while (running.length > 0) {
          running.shift()!();
          await settled();
          expect(running.length).toBeLessThanOrEqual(size);
        }
        expect(served).toBeGreaterThanOrEqual(all.filter(({ leaves }) => !leaves).length);
        for (let each = 0; each < size; each += 1) expect(slots.tryTake()).toBeDefined();
        expect(slots.tryTake()).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
});
