import { join } from 'node:path';
import { afterEach, beforeEach, describe } from '@jest/globals';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import { S3ObjectStore } from '../../src/providers/object-store/s3/s3.object-store.js';
import { LocalPartialFiles } from '../../src/providers/partial-files/local/local.partial-files.js';
import { ObjectPartialFiles } from '../../src/providers/partial-files/objects/objects.partial-files.js';
import { FakeS3 } from '../support/aws/s3/fake-s3.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { partialFilesContract } from './partial-files.contract.js';

const createFolder = temporaryFolders();
const partBytes = 10_000;
const openLocal = (folder: string) => LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));

partialFilesContract('LocalPartialFiles', async () => {
  const folder = createFolder();
  const store = await openLocal(folder);
  return { store, files: new LocalPartialFiles(store, join(folder, 'resumable')) };
});

partialFilesContract('ObjectPartialFiles over local files', async () => {
  const store = await openLocal(createFolder());
  return {
    store,
    files: new ObjectPartialFiles(store, partBytes),
    elsewhere: new ObjectPartialFiles(store, partBytes * 2),
  };
});

describe('over S3', () => {
  let fake: FakeS3;
  beforeEach(async () => {
    fake = await FakeS3.start();
    fake.pageSize = 4;
  });
  afterEach(() => fake.close());

  const open = () =>
    S3ObjectStore.open({
      ...fake.clientConfig,
      forcePathStyle: true,
      bucket: fake.bucket,
      scratchDirectory: join(createFolder(), 'scratch'),
      partBytes: 5 * 1024 * 1024,
    });

  partialFilesContract('ObjectPartialFiles', async () => {
    const store = await open();
    return {
      store,
      files: new ObjectPartialFiles(store, partBytes),
      elsewhere: new ObjectPartialFiles(await open(), partBytes * 2),
    };
  });
});
