import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { LocalCatalog } from '../../providers/catalog/local/local.catalog.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import type { Caller } from '../access/caller.js';
import { StoredTables } from '../tables/stored-tables.js';
import { TableValues } from '../tables/table-values.js';
import { CatalogContexts } from './catalog-contexts.js';

const caller = (workspaceId: string) => ({ workspaceId }) as Caller;

describe('CatalogContexts', () => {
  const createFolder = temporaryFolders();
  let database: SqliteDatabase;
  let catalog: LocalCatalog;
  let values: TableValues;
  let contexts: CatalogContexts;

  beforeEach(async () => {
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    catalog = new LocalCatalog(database, new ManualClock());
    values = new TableValues(database);
    contexts = new CatalogContexts(catalog, values);
  });
  afterEach(() => database.close());

  const publish = async (workspaceId: string, table: string, city: string, version = 1) => {
    const columns = [{ name: 'city', type: 'varchar', nullable: true } as const];
    const stored = new StoredTables(database);
    await database.transaction(async (transaction) => {
      await stored.put(transaction, workspaceId, { table, version, objectKeys: [] });
      await values.add(transaction, workspaceId, table, `g${version}`, [{ column: 'city', value: city, count: 1 }]);
      const crawled = { version, columns: [], valuesGeneration: `g${version}` };
      await stored.markCrawled(transaction, workspaceId, table, crawled);
    });
    await catalog.put(workspaceId, {
      table,
      columns,
      rows: 1,
      bytes: 1,
      object_keys: [],
      data_version: version,
      updated_at: `2026-01-0${version}T00:00:00.000Z`,
    });
  };

  it('holds what the workspace has, and nothing of another', async () => {
    await publish('ours', 'orders', 'Lisbon');
    await publish('theirs', 'secrets', 'Atlantis');
    const { tables, others, values: found } = await contexts.of(caller('ours'), undefined);
    expect([tables.map(({ table }) => table), others]).toEqual([['orders'], []]);
    expect(found.whole('lisbon')).toEqual([{ table: 'orders', column: 'city', value: 'Lisbon' }]);
    expect(found.whole('atlanti')).toEqual([]);
  });

  it('leaves out the tables, and the values, that a chatbot may not see', async () => {
    await publish('ours', 'orders', 'Lisbon');
    await publish('ours', 'salaries', 'Porto');
    const { tables, others, values: found } = await contexts.of(caller('ours'), ['orders']);
    expect([tables.map(({ table }) => table), others]).toEqual([['orders'], ['salaries']]);
    expect(found.whole('porto')).toEqual([]);
  });

  it('is made once for each state of the catalog', async () => {
    await publish('ours', 'orders', 'Lisbon');
    const first = await contexts.of(caller('ours'), undefined);
    expect(await contexts.of(caller('ours'), undefined)).toBe(first);
    await publish('ours', 'orders', 'Faro', 2);
    const second = await contexts.of(caller('ours'), undefined);
    expect(second).not.toBe(first);
    expect([second.values.whole('faro').length, second.values.whole('lisbon').length]).toEqual([1, 0]);
  });
});
