import { describe, expect, it } from '@jest/globals';
import { nextRun, scheduleFault, withJitter } from './schedule.js';

describe('schedules of sources', () => {
  it.each(['*/30 * * * *', '0 6 * * 1-5', ' 15 3 1 * * '])('takes %j', (schedule) => {
    expect(scheduleFault(schedule)).toBeUndefined();
  });

  it.each(['* * *', '0 0 0 0 0 0', '@daily', '61 * * * *', '0 0 31 2 *', ''])('refuses %j', (schedule) => {
    expect(scheduleFault(schedule)).toEqual(expect.any(String));
  });

  it('gives each source a second of its own, always the same', () => {
    const seconds = Array.from({ length: 300 }, (_, index) => withJitter('0 * * * *', `src_${index}`).split(' ')[0]);
    expect(new Set(seconds).size).toBeGreaterThan(50);
    expect(withJitter('0 * * * *', 'src_7')).toBe(withJitter('0 * * * *', 'src_7'));
    const next = nextRun('30 8 * * *', 'src_7', new Date('2026-03-01T08:00:00Z'));
    expect(next).toMatch(/^2026-03-01T08:30:\d\d\.000Z$/);
  });
});
