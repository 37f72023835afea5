import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { describePostgres } from '../../../test/support/postgres/describe-postgres.js';
import { openPostgres } from '../../../test/support/postgres/open-postgres.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import type { Database, DatabaseTransaction } from '../../providers/database/database.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import { TableValues } from './table-values.js';

interface Rows {
  value_index: { workspace_id: string; table_name: string; generation: string; column_name: string };
}

function specification(open: () => Promise<Database & { close(): Promise<void>; migrate(): Promise<unknown> }>): void {
  let database: Awaited<ReturnType<typeof open>>;
  afterEach(() => database.close());

  const prepared = async () => {
    database = await open();
    await database.migrate();
    const values = new TableValues(database);
    const add = async (workspaceId: string, table: string, generation: string, count: number) => {
      for (let from = 0; from < count; from += 500) {
        const length = Math.min(500, count - from);
        const some = Array.from({ length }, (_, n) => ({ column: `c${n % 3}`, value: `Ä ${from + n}`, count: 1 }));
        await database.transaction((transaction) => values.add(transaction, workspaceId, table, generation, some));
      }
    };
    const kept = async () => {
      const rows = await database.tables<Rows>().selectFrom('value_index').selectAll().execute();
      const counts = new Map<string, number>();
      for (const { workspace_id, table_name, generation } of rows) {
        const name = `${workspace_id} ${table_name} ${generation}`;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return Object.fromEntries(counts);
    };
    return { values, add, kept };
  };

  it('drops one generation in steps of a thousand, and nothing else', async () => {
    const { values, add, kept } = await prepared();
    await add('w', 'orders', 'old', 3000);
    await add('w', 'orders', 'new', 20);
    await add('w', 'others', 'old', 20);
    await add('v', 'orders', 'old', 20);
    const steps: number[] = [];
    let before = 3060;
    await values.drop('old', 'w', 'orders', async (work) => {
      const result = await database.transaction((transaction: DatabaseTransaction) => work(transaction));
      const after = Object.values(await kept()).reduce((sum, each) => sum + each, 0);
      steps.push(before - after);
      before = after;
      return result;
    });
    expect(steps).toEqual([1000, 1000, 1000, 0]);
    expect(await kept()).toEqual({ 'w orders new': 20, 'w others old': 20, 'v orders old': 20 });
  });

  it('drops every generation but the valid one', async () => {
    const { values, add, kept } = await prepared();
    for (const generation of ['a', 'b', 'c']) await add('w', 'orders', generation, 1200);
    await values.dropAllBut('b', 'w', 'orders');
    expect(await kept()).toEqual({ 'w orders b': 1200 });
    await values.dropAllBut(undefined, 'w', 'orders');
    expect(await kept()).toEqual({});
  });
}

describe('TableValues on SQLite', () => {
  const createFolder = temporaryFolders();
  specification(() => SqliteDatabase.open(join(createFolder(), 'tabletalk.db')));
});

describePostgres('TableValues on PostgreSQL', (server) => {
  specification(async () => openPostgres(await server().createDatabase()));
});
