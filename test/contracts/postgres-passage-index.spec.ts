import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { PostgresDatabase } from '../../src/providers/database/postgres/postgres.database.js';
import { PostgresPassageIndex } from '../../src/providers/passage-index/postgres/postgres.passage-index.js';
import { describePostgres } from '../support/postgres/describe-postgres.js';
import { openPostgres } from '../support/postgres/open-postgres.js';
import { type PostgresServer, postgresPrograms } from '../support/postgres/postgres-server.js';
import { passageIndexContract } from './passage-index.contract.js';

const logger = pino({ level: 'silent' });

const openDatabase = async (server: PostgresServer): Promise<PostgresDatabase> => {
  const database = await openPostgres(await server.createDatabase());
  await database.migrate();
  return database;
};

const indexOn = (database: PostgresDatabase, pgvector: boolean, vectorMemoryBytes = 100_000_000) =>
  new PostgresPassageIndex(database, { vectorMemoryBytes, logger, pgvector });

describePostgres('with a server', (server) => {
  passageIndexContract('PostgresPassageIndex without pgvector', async () => {
    const database = await openDatabase(server());
    return { database, index: indexOn(database, false), close: () => database.close() };
  });

  if (hasPgvector()) {
    passageIndexContract('PostgresPassageIndex with pgvector', async () => {
      const database = await openDatabase(server());
      return { database, index: indexOn(database, true), close: () => database.close() };
    });
    describe('PostgresPassageIndex', () => takesPgvectorLater(server));
  } else {
    it.skip('PostgresPassageIndex with pgvector needs the extension: apt-get install postgresql-NN-pgvector', () =>
      undefined);
  }

  it('is prepared by replicas that start at once', async () => {
    const database = await openDatabase(server());
    const indexes = [1, 2, 3].map(() => indexOn(database, true));
    await Promise.all(indexes.map((index) => index.prepare()));
    expect(new Set(indexes.map(({ description }) => description)).size).toBe(1);
    expect(indexes[0]?.description).toMatch(hasPgvector() ? /^pgvector$/ : /no extension pgvector/);
    await database.close();
  });
});

function takesPgvectorLater(server: () => PostgresServer): void {
  it('moves vectors that were stored before the server had the extension', async () => {
    const database = await openDatabase(server());
    const before = indexOn(database, false);
    await before.prepare();
    await database.transaction(async (transaction) => {
      await sql`insert into documents (workspace_id, document_id, source_id, external_id, kind, text, url, container,
        metadata, content_hash, search_hash, generation, indexed_as, created_at, updated_at)
        values ('ws', 'doc', 'src', '1', 'wiki', '', '', '', '', '', '', 1, '', '', '')`.execute(transaction.tables());
      const passage = { start: 0, end: 1, authorKey: '', writtenAt: '2026-01-01T00:00:00.000Z' };
      const vector = Float32Array.of(0.6, 0.8);
      await before.replace(transaction, 'ws', 'space', [
        {
          sourceId: 'src',
          documentId: 'doc',
          kind: 'wiki',
          passages: [{ ...passage, terms: [], contextTerms: [], vector }],
        },
      ]);
    });
    const after = indexOn(database, true);
    await after.prepare();
    const scope = { workspaceId: 'ws', sourceIds: ['src'], limit: 3 };
    expect(await after.nearest(scope, 'space', Float32Array.of(1, 0))).toEqual([
      expect.objectContaining({ documentId: 'doc', score: expect.closeTo(0.6, 4) }),
    ]);
    await database.close();
  });
}

/** Where Debian puts extensions, and where PostgreSQL itself does. */
function hasPgvector(): boolean {
  const programs = postgresPrograms();
  if (programs === undefined) return false;
  const version = /(\d+)\/bin$/.exec(programs)?.[1];
  const folders = [
    `/usr/share/postgresql/${version}/extension`,
    join(dirname(programs), 'share/extension'),
    join(dirname(programs), 'share/postgresql/extension'),
  ];
  return folders.some((folder) => existsSync(folder) && readdirSync(folder).includes('vector.control'));
}
