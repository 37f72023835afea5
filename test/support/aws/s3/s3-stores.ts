import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { S3ObjectStore } from '../../../../src/providers/object-store/s3/s3.object-store.js';
import { FakeS3 } from './fake-s3.js';

/**
 * Opens empty stores in S3, each over a fake of its own, which go at the end of the suite. Call it at the top of a spec,
 * before what uses the stores until then: such hooks run in the order opposite to that of their declaration.
 */
export function s3Stores(): () => Promise<{ objectStore: S3ObjectStore; fake: FakeS3 }> {
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-test-'));
  const fakes: FakeS3[] = [];
  afterAll(async () => {
    await Promise.all(fakes.map((fake) => fake.close()));
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  return async () => {
    const fake = await FakeS3.start();
    fakes.push(fake);
    const objectStore = await S3ObjectStore.open({
      ...fake.clientConfig,
      forcePathStyle: true,
      bucket: fake.bucket,
      prefix: 'tabletalk',
      scratchDirectory: join(folder, String(fakes.length)),
    });
    return { objectStore, fake };
  };
}
