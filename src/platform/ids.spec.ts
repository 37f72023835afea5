import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idsSince, newId } from './ids.js';

describe('newId', () => {
  it('has the prefix and 26 characters', () => {
    expect(newId('upl')).toMatch(/^upl_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it('sorts by time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 1e9 }), (time, later) => {
        expect(newId('job', time) < newId('job', time + later)).toBe(true);
      }),
    );
  });

  it('never repeats', () => {
    const ids = Array.from({ length: 10_000 }, () => newId('x', 0));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('idsSince', () => {
  it('parts the ids of a time and later from those before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4e12 }), fc.integer({ min: 0, max: 1e9 }), (time, later) => {
        const since = idsSince('evt', time);
        expect(newId('evt', time + later) > since).toBe(true);
        expect(newId('evt', time - 1) < since).toBe(true);
      }),
    );
  });

  it('takes times before 1970 for the beginning', () => {
    expect(idsSince('evt', -1)).toBe('evt_0000000000');
  });
});
