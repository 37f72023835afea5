import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Migration } from '../../src/migrations/migrations.js';
import type { Database } from '../../src/providers/database/database.js';
import { DatabaseTooNew, UniqueViolation } from '../../src/providers/database/errors.js';

interface ThingTables {
  things: { id: string; version: number; note: string | null };
}

const createThings: Migration = {
  name: '0001_things',
  up: (database) =>
    database.schema
      .createTable('things')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('note', 'text')
      .execute(),
};
const addOwner: Migration = {
  name: '0002_owner',
  up: (database) => database.schema.alterTable('things').addColumn('owner', 'text').execute(),
};
const broken: Migration = {
  name: '0003_broken',
  up: async (database) => {
    await database.schema.createTable('half_done').addColumn('id', 'text').execute();
    throw new Error('this migration fails');
  },
};

export interface DatabaseHarness {
  /** Opens the same database each time within one test. */
  open(migrations: readonly Migration[]): Promise<Database>;
}

/** What every database promises. */
export function databaseContract(name: string, createHarness: () => DatabaseHarness): void {
  describe(`${name}: the promises of a database`, () => {
    let harness: DatabaseHarness;
    let database: Database;

    const reopen = async (migrations: readonly Migration[]) => {
      await database.close();
      database = await harness.open(migrations);
    };
    const things = () => database.tables<ThingTables>();
    const ids = async () =>
      (await things().selectFrom('things').select('id').orderBy('id').execute()).map(({ id }) => id);

    beforeEach(async () => {
      harness = createHarness();
      database = await harness.open([createThings]);
      await database.migrate();
    });
    afterEach(() => database.close());

    it('keeps rows over a restart', async () => {
      await things().insertInto('things').values({ id: 'a', version: 1, note: 'é 漢 \u0000 "' }).execute();
      await reopen([createThings]);
      await database.migrate();
      const row = await things().selectFrom('things').selectAll().executeTakeFirst();
      expect({ ...row }).toEqual({ id: 'a', version: 1, note: 'é 漢 \u0000 "' });
    });

    it('commits a transaction as a whole and gives its result', async () => {
      const result = await database.transaction(async (transaction) => {
        await transaction
          .tables<ThingTables>()
          .insertInto('things')
          .values({ id: 'a', version: 1, note: null })
          .execute();
        await transaction
          .tables<ThingTables>()
          .insertInto('things')
          .values({ id: 'b', version: 1, note: null })
          .execute();
        return 'done';
      });
      expect(result).toBe('done');
      expect(await ids()).toEqual(['a', 'b']);
    });

    it('keeps nothing of a transaction that fails', async () => {
      const failing = database.transaction(async (transaction) => {
        await transaction
          .tables<ThingTables>()
          .insertInto('things')
          .values({ id: 'a', version: 1, note: null })
          .execute();
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await ids()).toEqual([]);
    });

    it('calls back after the commit, and never after a rollback', async () => {
      const calls: string[] = [];
      await database.transaction(async (transaction) => {
        transaction.afterCommit(() => calls.push('after commit'));
        calls.push('work');
      });
      await database
        .transaction(async (transaction) => {
          transaction.afterCommit(() => calls.push('never'));
          throw new Error('rolled back');
        })
        .catch(() => undefined);
      expect(calls).toEqual(['work', 'after commit']);
    });

    it('shows others nothing of a transaction before it commits', async () => {
      const proceed = new EventEmitter();
      const working = database.transaction(async (transaction) => {
        await transaction
          .tables<ThingTables>()
          .insertInto('things')
          .values({ id: 'a', version: 1, note: null })
          .execute();
        proceed.emit('inserted');
        await once(proceed, 'roll back');
        throw new Error('rolled back');
      });
      await once(proceed, 'inserted');
      const seen = ids();
      proceed.emit('roll back');
      await expect(working).rejects.toThrow('rolled back');
      expect(await seen).toEqual([]);
    });

    it('names a broken unique constraint', async () => {
      await things().insertInto('things').values({ id: 'a', version: 1, note: null }).execute();
      const again = things().insertInto('things').values({ id: 'a', version: 2, note: null }).execute();
      await expect(again).rejects.toThrow(UniqueViolation);
    });

    it('finds nothing in an empty list, and everything outside of it', async () => {
      await things().insertInto('things').values({ id: 'a', version: 1, note: null }).execute();
      const found = (operator: 'in' | 'not in', column: 'id' | 'version') =>
        things().selectFrom('things').select('id').where(column, operator, []).execute();
      for (const column of ['id', 'version'] as const) {
        expect(await found('in', column)).toEqual([]);
        expect(await found('not in', column)).toHaveLength(1);
      }
    });

    it('orders text by its code points, and gives counts, sums and conditions as numbers', async () => {
      for (const id of ['b', 'A', 'a', 'é', '_', 'B'])
        await things()
          .insertInto('things')
          .values({ id, version: 2 ** 40, note: null })
          .execute();
      expect(await ids()).toEqual(['A', 'B', '_', 'a', 'b', 'é']);
      const row = await things()
        .selectFrom('things')
        .select(({ fn, eb }) => [
          fn.countAll().as('count'),
          fn.sum('version').as('sum'),
          fn.max('version').as('max'),
          eb(fn.countAll(), '>', 5).as('many'),
        ])
        .executeTakeFirstOrThrow();
      expect({ ...row }).toEqual({ count: 6, sum: 6 * 2 ** 40, max: 2 ** 40, many: 1 });
    });

    it('R50: lets exactly one of 50 racing writers win a version', async () => {
      await things().insertInto('things').values({ id: 'a', version: 1, note: null }).execute();
      const writers = Array.from({ length: 50 }, async (_, writer) => {
        const current = await things()
          .selectFrom('things')
          .select('version')
          .where('id', '=', 'a')
          .executeTakeFirstOrThrow();
        const update = await things()
          .updateTable('things')
          .set({ version: current.version + 1, note: `writer ${writer}` })
          .where('id', '=', 'a')
          .where('version', '=', 1)
          .executeTakeFirst();
        return update.numUpdatedRows;
      });
      const updates = await Promise.all(writers);
      expect(updates.filter((rows) => rows === 1n)).toHaveLength(1);
      expect(updates.filter((rows) => rows === 0n)).toHaveLength(49);
    });

    it('loses no update of transactions that run at once', async () => {
      await things().insertInto('things').values({ id: 'a', version: 0, note: null }).execute();
      const increment = () =>
        database.transaction(async (transaction) => {
          const tables = transaction.tables<ThingTables>();
          const { version } = await tables.selectFrom('things').select('version').executeTakeFirstOrThrow();
          await tables
            .updateTable('things')
            .set({ version: version + 1 })
            .execute();
        });
      await Promise.all(Array.from({ length: 50 }, increment));
      expect((await things().selectFrom('things').select('version').executeTakeFirstOrThrow()).version).toBe(50);
    });

    it('applies new migrations once and in order', async () => {
      await things().insertInto('things').values({ id: 'a', version: 1, note: null }).execute();
      await reopen([createThings, addOwner]);
      await database.migrate();
      await database.migrate();
      const rows = await database
        .tables<{ things: { owner: string | null } }>()
        .selectFrom('things')
        .select('owner')
        .execute();
      expect(rows.map(({ owner }) => owner)).toEqual([null]);
    });

    it('keeps nothing of a migration that fails and what came before it', async () => {
      await reopen([createThings, addOwner, broken]);
      await expect(database.migrate()).rejects.toThrow('this migration fails');
      const halfDone = database.tables<{ half_done: { id: string } }>().selectFrom('half_done').selectAll().execute();
      await expect(halfDone).rejects.toThrow();
      await reopen([createThings, addOwner]);
      await expect(database.migrate()).resolves.toBeUndefined();
    });

    it('refuses a database that a newer release has written', async () => {
      await reopen([createThings, addOwner]);
      await database.migrate();
      await reopen([createThings]);
      const refused = await database.migrate().catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(DatabaseTooNew);
      expect((refused as Error).message).toContain('0002_owner');
    });

    it('answers a ping until it is closed', async () => {
      await database.ping();
      await database.close();
      await expect(database.ping()).rejects.toThrow();
    });
  });
}
