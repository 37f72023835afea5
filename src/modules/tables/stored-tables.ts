import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { SchemaColumn } from './domain/schema-changes.js';

/** What a crawl brought into the catalog. */
export interface Crawled {
  readonly version: number;
  readonly columns: readonly SchemaColumn[];
  /** The valid generation of the table's stored values: see `TableValues`. */
  readonly valuesGeneration: string;
}

/** What lies in storage under one table name, whether the catalog shows it already or not. */
export interface StoredTable {
  readonly table: string;
  readonly version: number;
  /** Keys of the Parquet files that make up this version, in order. */
  readonly objectKeys: readonly string[];
  /** Undefined before the first crawl. */
  readonly crawled: Crawled | undefined;
}

export interface StoredTableRow {
  workspace_id: string;
  table_name: string;
  version: number;
  /** JSON array. */
  object_keys: string;
  crawled_version: number | null;
  /** JSON array of `SchemaColumn`. */
  crawled_columns: string | null;
  values_generation: string | null;
}

/**
 * The hand-over between those who publish data and those who crawl it: which files each table consists of now, and
 * what the catalog was told last. Publishing changes it in the transaction that makes a version current.
 */
@Injectable()
export class StoredTables {
  constructor(private readonly database: Database) {}

  /** Undefined when nothing is stored under the name. */
  async find(workspaceId: string, table: string, transaction?: DatabaseTransaction): Promise<StoredTable | undefined> {
    const row = await this.tables(transaction)
      .selectFrom('stored_tables')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .executeTakeFirst();
    return row && read(row);
  }

  /** Makes `version` what the table consists of. */
  async put(
    transaction: DatabaseTransaction,
    workspaceId: string,
    { table, version, objectKeys }: Omit<StoredTable, 'crawled'>,
  ): Promise<void> {
    const changed = { version, object_keys: JSON.stringify(objectKeys) };
    await this.tables(transaction)
      .insertInto('stored_tables')
      .values({
        workspace_id: workspaceId,
        table_name: table,
        ...changed,
        crawled_version: null,
        crawled_columns: null,
        values_generation: null,
      })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'table_name']).doUpdateSet(changed))
      .execute();
  }

  /** Remembers what the catalog shows now. */
  async markCrawled(
    transaction: DatabaseTransaction,
    workspaceId: string,
    table: string,
    { version, columns, valuesGeneration }: Crawled,
  ): Promise<void> {
    await this.tables(transaction)
      .updateTable('stored_tables')
      .set({
        crawled_version: version,
        crawled_columns: JSON.stringify(columns),
        values_generation: valuesGeneration,
      })
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .execute();
  }

  async delete(transaction: DatabaseTransaction, workspaceId: string, table: string): Promise<void> {
    await this.tables(transaction)
      .deleteFrom('stored_tables')
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .execute();
  }

  private tables(transaction?: DatabaseTransaction) {
    return (transaction ?? this.database).tables<{ stored_tables: StoredTableRow }>();
  }
}

function read(row: StoredTableRow): StoredTable {
  const { table_name: table, version, object_keys, crawled_version, crawled_columns, values_generation } = row;
  const crawled = crawled_version !== null && {
    version: crawled_version,
    columns: JSON.parse(crawled_columns!) as SchemaColumn[],
    valuesGeneration: values_generation!,
  };
  return { table, version, objectKeys: JSON.parse(object_keys) as string[], crawled: crawled || undefined };
}
