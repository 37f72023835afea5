import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { median, report } from '../lib/measure.mjs';

const workspaceId = 'ws_bench';
const perBatch = 250;
const words =
  `the refund parcel customer invoice warehouse carrier export import phone checkout timeout bank table release
  we have seen that this should fail again tomorrow because of an address without house number in the north`.split(
    /\s+/,
  );

/**
 * Documents per second, from a sync's hands until they are found by words and vectors, against the least that this takes:
 * the text into FTS5 and one vector of it beside, by plain statements, synchronised once a batch.
 */
export async function run({ quick }) {
  const { createApp } = await import('../../dist/app.js');
  const { Config } = await import('../../dist/config/config.js');
  const { DocumentWriter } = await import('../../dist/modules/documents/document-writer.js');
  const { hashedFeatures } = await import('../../dist/providers/embedder/builtin/hashed-features.js');
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-bench-'));
  const config = Config.read({ DATA_DIR: join(folder, 'data'), PORT: '0', METRICS_PORT: '0', WEB_PAGE: 'off' });
  const app = await createApp(config, {
    logger: pino({ level: 'silent' }),
    adapters: (all) => ({ ...all, warmUp: () => {} }),
  });
  try {
    await app.listen();
    const writer = app.nest.get(DocumentWriter);
    const plain = plainStore(join(folder, 'plain.db'), hashedFeatures);
    const rounds = quick ? 2 : 6;
    const size = quick ? 500 : 1500;
    const times = { ours: [], base: [] };
    for (let round = 0; round < rounds; round += 1) {
      const documents = Array.from({ length: size }, (_, place) => documentOf(round * size + place));
      const sides = round % 2 === 0 ? ['ours', 'base'] : ['base', 'ours'];
      for (const side of sides) {
        const began = performance.now();
        for (let at = 0; at < size; at += perBatch) {
          const some = documents.slice(at, at + perBatch);
          if (side === 'base') plain(some);
          else
            await app.adapters.database.transaction((transaction) =>
              writer.put(transaction, { workspaceId, sourceId: 'src_1' }, 1, some),
            );
        }
        if (side === 'ours') await untilIndexed(app);
        times[side].push((performance.now() - began) / size);
      }
    }
    const [ours, base] = [median(times.ours), median(times.base)];
    const note = `${Math.round(1000 / ours)} documents/s against ${Math.round(1000 / base)}`;
    return [report({ name: 'P16 a document, until it is found', ours, base, limit: 8, note })];
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function untilIndexed(app) {
  const { DocumentsRepository } = await import('../../dist/modules/documents/documents.repository.js');
  const documents = app.nest.get(DocumentsRepository);
  for (;;) {
    if (await documents.isIndexed(workspaceId, app.adapters.embedder.space)) return;
    await delay(10);
  }
}

function plainStore(file, hashedFeatures) {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; create virtual table texts using fts5(text)');
  database.exec('create table vectors (id integer primary key, vector blob)');
  const insertText = database.prepare('insert into texts (text) values (?)');
  const insertVector = database.prepare('insert into vectors (vector) values (?)');
  return (documents) => {
    database.exec('begin');
    for (const { text } of documents) {
      insertText.run(text);
      insertVector.run(new Uint8Array(Float32Array.from(hashedFeatures(text, 384)).buffer));
    }
    database.exec('commit');
  };
}

/** About a hundred words, as a message or an issue has. */
function documentOf(number) {
  const text = Array.from(
    { length: 60 + (number % 80) },
    (_, place) => words[(number * 31 + place * (7 + (number % 5))) % words.length],
  );
  const at = '2026-05-01T08:00:00.000Z';
  return {
    externalId: `doc${number}`,
    kind: 'message',
    text: `${text.join(' ')} ${number}`,
    author: 'Ada Lovelace',
    url: 'https://example.com',
    createdAt: at,
    updatedAt: at,
    container: '#all',
    metadata: {},
  };
}
