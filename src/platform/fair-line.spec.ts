import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairLine } from './fair-line.js';

describe('FairLine', () => {
  it('R8: lets whoever comes after two hundred of another tenant go next', () => {
    const line = new FairLine<string>();
    for (let each = 0; each < 200; each += 1) line.add('busy', `busy ${each}`);
    line.next();
    line.add('quiet', 'quiet');
    line.ended('busy');
    expect([line.next(), line.next()]).toEqual(['quiet', 'busy 1']);
  });

  it('gives tenants that have equally many running a turn each', () => {
    const line = new FairLine<string>();
    for (const tenant of ['a', 'b', 'c']) for (const item of [1, 2]) line.add(tenant, `${tenant}${item}`);
    const served: (string | undefined)[] = [];
    for (let each = 0; each < 6; each += 1) {
      const item = line.next();
      served.push(item);
      line.ended(item!.slice(0, 1));
    }
    expect(served).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2']);
  });

  it('passes over a tenant that has as many running as it may', () => {
    const line = new FairLine<string>();
    line.add('a', 'a1', 1);
    line.add('a', 'a2', 1);
    expect([line.length, line.servable]).toEqual([2, 1]);
    expect(line.next()).toBe('a1');
    expect([line.servable, line.next(), line.enter('a', 1)]).toEqual([0, undefined, false]);
    line.ended('a');
    expect(line.next()).toBe('a2');
  });

  it('serves the tenant with the fewest running, in its own order, never above its limit, and forgets nobody', () => {
    const tenant = fc.constantFrom('a', 'b', 'c', 'd');
    const limits = { a: 1, b: 2, c: 3, d: Infinity } as Record<string, number>;
    const step = fc.oneof(
      fc.record({ do: fc.constant('add'), tenant }),
      fc.record({ do: fc.constant('remove'), tenant }),
      fc.record({ do: fc.constant('ended'), tenant }),
      fc.record({ do: fc.constant('next'), tenant }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const line = new FairLine<{ tenant: string; number: number }>();
        const waiting: { tenant: string; number: number }[] = [];
        const running: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
        steps.forEach(({ do: what, tenant: who }, number) => {
          const own = waiting.filter((item) => item.tenant === who);
          if (what === 'add') {
            const item = { tenant: who, number };
            waiting.push(item);
            line.add(who, item, limits[who]);
          } else if (what === 'remove' && own.length > 0) {
            waiting.splice(waiting.indexOf(own.at(-1)!), 1);
            expect(line.remove(who, own.at(-1)!)).toBe(true);
            expect(line.remove(who, own.at(-1)!)).toBe(false);
          } else if (what === 'ended' && running[who]! > 0) {
            running[who]! -= 1;
            line.ended(who);
          } else if (what === 'next') {
            const allowed = waiting.filter((item) => running[item.tenant]! < limits[item.tenant]!);
            const served = line.next();
            expect(served === undefined).toBe(allowed.length === 0);
            if (!served) return;
            const fewest = Math.min(...allowed.map((item) => running[item.tenant]!));
            expect(running[served.tenant]).toBe(fewest);
            expect(served).toBe(waiting.find((item) => item.tenant === served.tenant));
            waiting.splice(waiting.indexOf(served), 1);
            running[served.tenant]! += 1;
          }
          expect(line.length).toBe(waiting.length);
        });
        expect(line.empty()).toHaveLength(waiting.length);
        expect(line.length).toBe(0);
      }),
    );
  });
});
