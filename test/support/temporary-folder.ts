import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';

/**
 * A function that makes folders which are removed after each test. Call it in a `describe` or at the top of a spec, after
 * the `afterEach` that ends whatever writes into them: those hooks run in the order in which they are declared.
 */
export function temporaryFolders(): () => string {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0))
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'tabletalk-test-'));
    folders.push(folder);
    return folder;
  };
}
