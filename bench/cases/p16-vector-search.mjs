import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleaved, report } from '../lib/measure.mjs';

const dimensions = 384;
const space = 'bench/dense/384';
const k = 10;
const rowsTogether = 500;

/** P16: the 10 nearest of a tenant's vectors, from the database's index, against the plain loop over the same vectors in memory. */
export async function run({ quick }) {
  const [{ SqliteDatabase }, { SqlitePassageIndex }] = await Promise.all([
    import('../../dist/providers/database/sqlite/sqlite.database.js'),
    import('../../dist/providers/passage-index/sqlite/sqlite.passage-index.js'),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-bench-'));
  const database = await SqliteDatabase.open(join(folder, 'tabletalk.db'));
  try {
    await database.migrate();
    const index = new SqlitePassageIndex(database, 1e9);
    await index.prepare();
    const rows = quick ? 20_000 : 100_000;
    const vectors = await fill(database, 'ws_own', rows);
    await fill(database, 'ws_other', 10_000);
    const queries = Array.from({ length: 20 }, () => randomVector());
    const scope = { workspaceId: 'ws_own', sourceIds: ['src_1'], limit: k };

    let asked = 0;
    let next = 0;
    const ours = () => index.nearest(scope, space, queries[(asked += 1) % queries.length]);
    const base = () => void plainScan(vectors, queries[(next += 1) % queries.length]);
    const times = await interleaved(ours, base, { rounds: 8, repetitions: quick ? 5 : 7 });
    const { recall, fewest } = await quality(index, scope, vectors, queries);
    await index.close();
    return [
      report({ name: `P16 nearest ${k} of ${rows} vectors of a tenant`, ...times, limit: 1 }),
      report({ name: 'P16 recall against the exact scan', ours: recall, base: 1, unit: '', limit: 0.95, least: true }),
      report({ name: `P16 rows found of ${k} that there are`, ours: fewest, base: k, unit: '', limit: 1, least: true }),
    ];
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function quality(index, scope, vectors, queries) {
  let hits = 0;
  let fewest = Infinity;
  for (const query of queries) {
    const best = new Set(plainScan(vectors, query).map(({ row }) => `doc_ws_own_${row}`));
    const found = await index.nearest(scope, space, query);
    fewest = Math.min(fewest, found.length);
    hits += found.filter(({ documentId }) => best.has(documentId)).length;
  }
  return { recall: hits / (queries.length * k), fewest };
}

/** What one writes first: the product with every row, and the best of them. */
function plainScan(vectors, query) {
  const best = [];
  for (const [row, vector] of vectors.entries()) {
    let score = 0;
    for (let index = 0; index < dimensions; index += 1) score += query[index] * vector[index];
    if (best.length === k && score <= best[k - 1].score) continue;
    best.push({ row, score });
    best.sort((one, other) => other.score - one.score);
    if (best.length > k) best.pop();
  }
  return best;
}

async function fill(database, workspaceId, rows) {
  const vectors = [];
  const at = '2026-05-01T00:00:00.000Z';
  for (let begin = 0; begin < rows; begin += rowsTogether) {
    const places = Array.from({ length: rowsTogether }, (_, place) => begin + place);
    await database.transaction(async (transaction) => {
      const tables = transaction.tables();
      const texts = {
        kind: 'wiki',
        text: '',
        url: '',
        container: '',
        metadata: '{}',
        content_hash: '',
        search_hash: '',
      };
      const ids = places.map((row) => ({
        workspace_id: workspaceId,
        document_id: `doc_${workspaceId}_${row}`,
        source_id: 'src_1',
      }));
      const documents = ids.map((id) => ({
        ...id,
        ...texts,
        external_id: id.document_id,
        generation: 1,
        indexed_as: space,
        created_at: at,
        updated_at: at,
      }));
      await tables.insertInto('documents').values(documents).execute();
      const offset = workspaceId === 'ws_own' ? 1 : 1e9;
      const passages = ids.map((id, place) => ({
        passage_id: offset + places[place],
        ...id,
        start_offset: 0,
        end_offset: 1,
        author_key: '',
        written_at: at,
      }));
      await tables.insertInto('passages').values(passages).execute();
      const stored = passages.map(({ passage_id }) => {
        const vector = randomVector();
        vectors.push(vector);
        return { passage_id, workspace_id: workspaceId, space, change: 1, vector: new Uint8Array(vector.buffer) };
      });
      await tables.insertInto('passage_vectors').values(stored).execute();
    });
  }
  await database
    .tables()
    .insertInto('passage_changes')
    .values({ workspace_id: workspaceId, changes: 1, removals: 0 })
    .execute();
  return vectors;
}

function randomVector() {
  const values = Float32Array.from({ length: dimensions }, () => Math.random() + Math.random() + Math.random() - 1.5);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}
