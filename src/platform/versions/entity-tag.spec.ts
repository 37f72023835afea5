import { describe, expect, it } from '@jest/globals';
import { entityTag, refuseOtherVersion, VersionConflict } from './entity-tag.js';

describe('refuseOtherVersion', () => {
  it.each([undefined, '*', '"3"', '"2", "3"', entityTag(3)])('lets If-Match %s change version 3', (ifMatch) => {
    expect(() => refuseOtherVersion(ifMatch, 3)).not.toThrow();
  });

  it.each(['"2"', '3', 'W/"3"', '', '"33"'])('R50: refuses If-Match %s and tells the current version', (ifMatch) => {
    try {
      refuseOtherVersion(ifMatch, 3);
      throw new Error('not refused');
    } catch (error) {
      expect(error).toBeInstanceOf(VersionConflict);
      expect((error as VersionConflict).members).toEqual({ current_version: 3 });
    }
  });
});
