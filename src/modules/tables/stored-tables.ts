import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { SchemaColumn } from './domain/schema-changes.js';

/** What lies in storage under one table name, whether the catalog shows it already or not. */
export interface StoredTable {
  readonly table: string;
  readonly version: number;
  /** Keys of the Parquet files that make up this version, in order. */
  readonly objectKeys: readonly string[];
  /** What the last crawl brought into the catalog; undefined before the first. */
  readonly crawled: { readonly version: number; readonly columns: readonly SchemaColumn[] } | undefined;
}

interface StoredTableTables {
  stored_tables: {
    workspace_id: string;
    table_name: string;
    version: number;
    object_keys: string;
    crawled_version: number | null;
    crawled_columns: string | null;
  };
}

/**
 * The hand-over between those who publish data and those who crawl it: which files each table consists of now, and
 * what the catalog was told last. Publishing changes it in the transaction that makes a version current.
 */
@Injectable()
export class StoredTables {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string, table: string, transaction?: DatabaseTransaction): Promise<StoredTable | undefined> {
    const row = await (transaction ?? this.database)
      .tables<StoredTableTables>()
      .selectFrom('stored_tables')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .executeTakeFirst();
    if (!row) return undefined;
    return {
      table,
      version: row.version,
      objectKeys: JSON.parse(row.object_keys) as string[],
      crawled:
        row.crawled_version === null
          ? undefined
          : { version: row.crawled_version, columns: JSON.parse(row.crawled_columns!) as SchemaColumn[] },
    };
  }

  /** Makes `version` what the table consists of. */
  async put(
    transaction: DatabaseTransaction,
    workspaceId: string,
    { table, version, objectKeys }: { table: string; version: number; objectKeys: readonly string[] },
  ): Promise<void> {
    const changed = { version, object_keys: JSON.stringify(objectKeys) };
    await transaction
      .tables<StoredTableTables>()
      .insertInto('stored_tables')
      .values({
        workspace_id: workspaceId,
        table_name: table,
        ...changed,
        crawled_version: null,
        crawled_columns: null,
      })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'table_name']).doUpdateSet(changed))
      .execute();
  }

  /** Remembers what the catalog shows now. */
  async markCrawled(
    transaction: DatabaseTransaction,
    workspaceId: string,
    table: string,
    crawled: { version: number; columns: readonly SchemaColumn[] },
  ): Promise<void> {
    await transaction
      .tables<StoredTableTables>()
      .updateTable('stored_tables')
      .set({ crawled_version: crawled.version, crawled_columns: JSON.stringify(crawled.columns) })
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .execute();
  }

  async delete(transaction: DatabaseTransaction, workspaceId: string, table: string): Promise<void> {
    await transaction
      .tables<StoredTableTables>()
      .deleteFrom('stored_tables')
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .execute();
  }
}
