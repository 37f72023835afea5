// Stores documents as a source changes, and makes them findable, until it is killed, or, when told to drain, until all are found.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { DocumentsRepository } from '../../../dist/modules/documents/documents.repository.js';
import { EmbeddingReferences } from '../../../dist/modules/documents/embedding-references.js';
import { IndexDocumentsJob } from '../../../dist/modules/documents/index-documents.job.js';
import { StoredDocuments } from '../../../dist/modules/documents/stored-documents.js';
import { SystemClock } from '../../../dist/providers/clock/system.clock.js';
import { SqliteDatabase } from '../../../dist/providers/database/sqlite/sqlite.database.js';
import { BuiltinEmbedder } from '../../../dist/providers/embedder/builtin/builtin.embedder.js';
import { SqliteItemStore } from '../../../dist/providers/item-store/sqlite/sqlite.item-store.js';
import { RowsJobQueue } from '../../../dist/providers/job-queue/rows/rows.job-queue.js';
import { SqlitePassageIndex } from '../../../dist/providers/passage-index/sqlite/sqlite.passage-index.js';
import { sourceAt } from '../changing-source.mjs';

const [folder, mode] = process.argv.slice(2);
const scope = { workspaceId: 'w', sourceId: 'src' };
const clock = new SystemClock();
const database = await SqliteDatabase.open(join(folder, 'documents.db'));
await database.migrate();
const queue = new RowsJobQueue(database, clock, {
  logger: pino({ level: 'silent' }),
  pollMs: 20,
  soleProcess: true,
  backoff: { baseMs: 1, maxMs: 20 },
});
const purge = { alsoRemove: () => undefined };
const documents = new DocumentsRepository(database);
const index = new SqlitePassageIndex(database, 1e8);
const embedder = new BuiltinEmbedder();
const references = new EmbeddingReferences(embedder, new SqliteItemStore(database, clock), clock, purge);
const job = new IndexDocumentsJob(queue, documents, references, embedder, index, purge, clock);
const stored = new StoredDocuments(documents, index, job);
const say = (text) => writeSync(1, `${text}\n`);

await job.onModuleInit();
await job.onApplicationBootstrap();
await queue.start();
if (mode === 'work') await followSource();
else await drain();

async function followSource() {
  const [latest] = await database
    .tables()
    .selectFrom('documents')
    .select(({ fn }) => fn.max('generation').as('generation'))
    .execute();
  for (let generation = (latest?.generation ?? 0) + 1; ; generation += 1) {
    await database.transaction(async (transaction) => {
      await stored.put(transaction, scope, generation, sourceAt(generation));
      await stored.removeOlder(transaction, scope, generation, 1000);
    });
    say(`stored ${generation}`);
    await delay(Math.random() * 60);
  }
}

async function drain() {
  while (!(await documents.isIndexed('w', embedder.space))) await delay(20);
  await queue.stop(1000);
  await index.close();
  await database.close();
}
