import { describe, expect, it } from '@jest/globals';
import { allPermissions, rolePermissions } from './permissions.js';

describe('the table of roles', () => {
  it('gives each role everything that the next weaker one has', () => {
    const { owner, admin, analyst, viewer } = rolePermissions;
    for (const [stronger, weaker] of [
      [owner, admin],
      [admin, analyst],
      [analyst, viewer],
    ] as const) {
      expect([...weaker].filter((permission) => !stronger.has(permission))).toEqual([]);
      expect(stronger.size).toBeGreaterThan(weaker.size);
    }
  });

  it('gives the owner everything, and a viewer nothing that changes data', () => {
    expect(rolePermissions.owner.size).toBe(allPermissions.length);
    const changing = [...rolePermissions.viewer].filter((permission) => /:(write|delete)$/.test(permission));
    expect(changing).toEqual(['api_tokens:write']);
  });
});
