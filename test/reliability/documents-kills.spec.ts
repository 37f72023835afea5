import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { SqlitePassageIndex } from '../../src/providers/passage-index/sqlite/sqlite.passage-index.js';
import { searchTerms } from '../../src/platform/text/search-terms.js';
import { sourceAt } from '../support/changing-source.mjs';
import { killAgainAndAgain, numberOfKills, runChild } from '../support/kills.js';
import { temporaryFolders } from '../support/temporary-folder.js';

interface Tables {
  documents: { document_id: string; external_id: string; text: string; generation: number };
  passages: { passage_id: number; document_id: string };
  passage_vectors: { passage_id: number };
}

async function withDatabase<Result>(folder: string, work: (database: SqliteDatabase) => Promise<Result>) {
  const database = await SqliteDatabase.open(join(folder, 'documents.db'));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const textsOf = (documents: readonly { readonly text: string }[]) => documents.map(({ text }) => text).toSorted();

describe('documents under kill -9', () => {
  const createFolder = temporaryFolders();

  it('R59: what is stored is one state of the source, and what is found is what is stored', async () => {
    const folder = createFolder();
    const statesSeen = new Set<number>();
    const isOneState = () =>
      withDatabase(folder, async (database) => {
        const stored = await database.tables<Tables>().selectFrom('documents').selectAll().execute();
        const [generation = 0] = new Set(stored.map((each) => each.generation));
        statesSeen.add(generation);
        expect(new Set(stored.map((each) => each.generation)).size).toBeLessThanOrEqual(1);
        expect(textsOf(stored)).toEqual(generation === 0 ? [] : textsOf(sourceAt(generation)));
        return stored;
      });
    await killAgainAndAgain(
      'run-documents.mjs',
      () => [folder, 'work'],
      numberOfKills(15),
      async () => {
        await isOneState().catch((error: Error) => {
          // Killed before the tables were made.
          if (!/no such table/.test(error.message)) throw error;
        });
      },
    );
    expect(await runChild('run-documents.mjs', [folder, 'drain'])).toMatchObject({ exitCode: 0, errors: '' });
    const stored = await isOneState();
    expect(statesSeen.size).toBeGreaterThan(3);

    await withDatabase(folder, async (database) => {
      const tables = database.tables<Tables>();
      const ids = async (query: Promise<readonly { passage_id: number }[]>) =>
        (await query).map(({ passage_id }) => passage_id).toSorted((one, other) => one - other);
      const passages = await ids(tables.selectFrom('passages').select('passage_id').execute());
      expect(passages.length).toBeGreaterThanOrEqual(stored.length);
      expect(await ids(tables.selectFrom('passage_vectors').select('passage_id').execute())).toEqual(passages);
      const words = await sql<{ passage_id: number }>`select rowid as passage_id from passage_words`.execute(tables);
      expect(await ids(Promise.resolve(words.rows))).toEqual(passages);

      const index = new SqlitePassageIndex(database, 1e8);
      for (const { document_id, text } of stored) {
        const { term } = [...searchTerms(text)][0]!;
        const scope = { workspaceId: 'w', sourceIds: ['src'], limit: 5 };
        expect((await index.matching(scope, [term])).map((found) => found.documentId)).toEqual([document_id]);
      }
      await index.close();
    });
  });
});
