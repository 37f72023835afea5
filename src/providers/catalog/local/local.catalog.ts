import { sql } from 'kysely';
import type { Clock } from '../../clock/clock.js';
import type { Database, DatabaseTransaction } from '../../database/database.js';
import { Catalog, type CatalogTable, type TableDescriptions, type TablePage } from '../catalog.js';
import {
  changedDescriptions,
  describedTable,
  refuseUnknownColumns,
  searchText,
  type StoredDescriptions,
} from '../described-table.js';

interface CatalogTables {
  catalog_tables: {
    workspace_id: string;
    name: string;
    definition: string;
    descriptions: string;
    search_text: string;
  };
}

interface Entry {
  readonly definition: CatalogTable;
  readonly descriptions: StoredDescriptions;
}

/** The catalog in the service's own database: a definition per table, as JSON. */
export class LocalCatalog extends Catalog {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async get(workspaceId: string, table: string): Promise<CatalogTable | undefined> {
    const row = await this.rows(workspaceId).where('name', '=', table.toLowerCase()).executeTakeFirst();
    return row && toTable(row);
  }

  async list(
    workspaceId: string,
    options: { limit: number; after?: string | undefined; search?: string | undefined },
  ): Promise<TablePage> {
    let query = this.rows(workspaceId).limit(options.limit + 1);
    if (options.after !== undefined) query = query.where('name', '>', options.after.toLowerCase());
    if (options.search) query = query.where(contains(options.search));
    const tables = (await query.execute()).map(toTable);
    const items = tables.slice(0, options.limit);
    return { items, after: tables.length > items.length ? (items.at(-1)?.table ?? null) : null };
  }

  async all(workspaceId: string): Promise<readonly CatalogTable[]> {
    return (await this.rows(workspaceId).execute()).map(toTable);
  }

  async put(workspaceId: string, table: CatalogTable): Promise<void> {
    const definition = { ...table, table: table.table.toLowerCase() };
    await this.database.transaction(async (transaction) => {
      const existing = await findEntry(transaction, workspaceId, definition.table);
      await saveEntry(transaction, workspaceId, {
        definition,
        descriptions: existing?.descriptions ?? { columns: {} },
      });
    });
  }

  async describe(workspaceId: string, table: string, changes: TableDescriptions): Promise<CatalogTable | undefined> {
    return this.database.transaction(async (transaction) => {
      const existing = await findEntry(transaction, workspaceId, table.toLowerCase());
      if (!existing) return undefined;
      refuseUnknownColumns(existing.definition, Object.keys(changes.columns ?? {}));
      const definition = { ...existing.definition, updated_at: this.clock.now().toISOString() };
      const descriptions = changedDescriptions(existing.descriptions, changes);
      await saveEntry(transaction, workspaceId, { definition, descriptions });
      return describedTable(definition, descriptions);
    });
  }

  async delete(workspaceId: string, table: string): Promise<void> {
    await this.database
      .tables<CatalogTables>()
      .deleteFrom('catalog_tables')
      .where('workspace_id', '=', workspaceId)
      .where('name', '=', table.toLowerCase())
      .execute();
  }

  async deleteAll(workspaceId: string): Promise<void> {
    await this.database
      .tables<CatalogTables>()
      .deleteFrom('catalog_tables')
      .where('workspace_id', '=', workspaceId)
      .execute();
  }

  ping(): Promise<void> {
    return this.database.ping();
  }

  private rows(workspaceId: string) {
    return this.database
      .tables<CatalogTables>()
      .selectFrom('catalog_tables')
      .select(['definition', 'descriptions'])
      .where('workspace_id', '=', workspaceId)
      .orderBy('name');
  }
}

async function findEntry(
  transaction: DatabaseTransaction,
  workspaceId: string,
  name: string,
): Promise<Entry | undefined> {
  const row = await transaction
    .tables<CatalogTables>()
    .selectFrom('catalog_tables')
    .select(['definition', 'descriptions'])
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row && toEntry(row);
}

async function saveEntry(transaction: DatabaseTransaction, workspaceId: string, entry: Entry): Promise<void> {
  const content = {
    definition: JSON.stringify(entry.definition),
    descriptions: JSON.stringify(entry.descriptions),
    search_text: searchText(describedTable(entry.definition, entry.descriptions)),
  };
  await transaction
    .tables<CatalogTables>()
    .insertInto('catalog_tables')
    .values({ workspace_id: workspaceId, name: entry.definition.table, ...content })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doUpdateSet(content))
    .execute();
}

function toEntry(row: { definition: string; descriptions: string }): Entry {
  return {
    definition: JSON.parse(row.definition) as CatalogTable,
    descriptions: JSON.parse(row.descriptions) as StoredDescriptions,
  };
}

function toTable(row: { definition: string; descriptions: string }): CatalogTable {
  const { definition, descriptions } = toEntry(row);
  return describedTable(definition, descriptions);
}

function contains(search: string) {
  const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`search_text like ${pattern} escape '\\'`;
}
