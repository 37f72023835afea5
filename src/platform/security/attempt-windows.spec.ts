import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AttemptWindows } from './attempt-windows.js';

describe('AttemptWindows', () => {
  let now = 0;
  const windows = (attempts = 3) => new AttemptWindows({ attempts, seconds: 60 }, () => now);

  const failOnce = (counted: AttemptWindows, key: string) => {
    counted.take(key);
    return counted.fail(key);
  };

  it('says which failure uses up the limit, and how long to wait from then on', () => {
    const counted = windows();
    expect([failOnce(counted, 'a'), failOnce(counted, 'a')]).toEqual([false, false]);
    expect(counted.wait('a')).toBe(0);
    now += 20_000;
    expect(failOnce(counted, 'a')).toBe(true);
    expect(counted.wait('a')).toBe(40);
    expect(counted.wait('b')).toBe(0);
    now += 40_000;
    expect(counted.wait('a')).toBe(0);
  });

  it('counts those who are trying, for a second at a time', () => {
    const counted = windows(2);
    counted.take('a');
    counted.take('a');
    expect(counted.wait('a')).toBe(1);
    counted.giveBack('a');
    expect(counted.wait('a')).toBe(0);
  });

  it('never lets more failures through than the limit, however attempts overlap', () => {
    const step = fc.constantFrom('begin', 'fail', 'succeed');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, limit) => {
        const counted = windows(limit);
        let open = 0;
        let failures = 0;
        for (const each of steps) {
          if (each === 'begin') {
            if (counted.wait('a') > 0) continue;
            counted.take('a');
            open += 1;
          } else if (open > 0) {
            open -= 1;
            if (each === 'succeed') counted.giveBack('a');
            else {
              counted.fail('a');
              failures += 1;
            }
          }
        }
        expect(failures + open).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('survives the end of a window while attempts are under way', () => {
    const counted = windows(1);
    counted.take('a');
    now += 60_000;
    counted.giveBack('a');
    expect(counted.wait('a')).toBe(0);
    expect(failOnce(counted, 'a')).toBe(true);
  });
});
