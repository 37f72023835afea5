// Stores objects until it is killed: new ones named by their own SHA-256, and one that is replaced again and again.
import { createHash, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { LocalFilesObjectStore } from '../../../dist/providers/object-store/local-files/local-files.object-store.js';

const folder = process.argv[2];
const store = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
const sha256 = (content) => createHash('sha256').update(content).digest('hex');

async function putNew() {
  const content = randomBytes(Math.floor(Math.random() * 400_000));
  const key = `workspaces/w/${content[0] ?? 0}/${sha256(content)}`;
  await store.put(key, Readable.from([content.subarray(0, 1000), content.subarray(1000)]), { ifAbsent: true });
  writeSync(1, `${key}\n`);
}

async function replace() {
  const body = randomBytes(8_000_000);
  await store.put('workspaces/w/current', Buffer.concat([Buffer.from(sha256(body)), body]));
}

async function repeat(work) {
  for (;;) await work();
}

await Promise.all([repeat(putNew), repeat(putNew), repeat(replace)]);
