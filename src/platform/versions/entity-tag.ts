import { problem } from '../errors/problem.js';

export class VersionConflict extends problem({
  slug: 'version-conflict',
  title: 'Somebody else changed it meanwhile',
  status: 412,
  help: 'Read it again, apply your change to what it is now, and send that with the new ETag in If-Match.',
}) {
  constructor(currentVersion: number) {
    super(`It has been changed since: its version is ${currentVersion} now.`, {
      members: { current_version: currentVersion },
    });
  }
}

/** The ETag of a thing that counts its changes. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** Throws `VersionConflict` unless the If-Match header is absent, `*`, or names the current version. */
export function refuseOtherVersion(ifMatch: string | undefined, currentVersion: number): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.includes(entityTag(currentVersion))) throw new VersionConflict(currentVersion);
}
