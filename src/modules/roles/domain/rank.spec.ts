import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allPermissions, rolePermissions, roles } from '../../access/permissions.js';
import { beyond, covers } from './rank.js';

const sets = fc.subarray([...allPermissions]).map((permissions) => new Set(permissions));

describe('rank', () => {
  it('is a partial order: reflexive, antisymmetric and transitive', () => {
    fc.assert(
      fc.property(sets, sets, sets, (a, b, c) => {
        expect(covers(a, a)).toBe(true);
        if (covers(a, b) && covers(b, a)) expect(a).toEqual(b);
        if (covers(a, b) && covers(b, c)) expect(covers(a, c)).toBe(true);
      }),
    );
  });

  it('names exactly what is missing', () => {
    fc.assert(
      fc.property(sets, sets, (mine, theirs) => {
        const missing = beyond(mine, theirs);
        expect(missing.length === 0).toBe(covers(mine, theirs));
        expect(covers(new Set([...mine, ...missing]), theirs)).toBe(true);
        expect(missing.some((permission) => mine.has(permission))).toBe(false);
      }),
    );
  });

  it('puts each built-in role above those that come after it', () => {
    roles.forEach((role, place) => {
      const covered = roles.filter((other) => covers(rolePermissions[role], rolePermissions[other]));
      expect(covered).toEqual(roles.slice(place));
    });
  });
});
