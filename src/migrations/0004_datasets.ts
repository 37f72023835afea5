import { type Kysely, sql } from 'kysely';

/** Data sets with their versions, crawls, what is stored under each table name, and the index of stored values. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await createDatasets(database);
  await createVersions(database);
  await createCrawls(database);
  await createStoredTables(database);
  await createValueIndex(database);
}

async function createDatasets(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('datasets')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('dataset', 'text', (column) => column.notNull())
    .addColumn('dataset_id', 'text', (column) => column.notNull().unique())
    .addColumn('last_version', 'integer', (column) => column.notNull())
    .addColumn('current_version', 'integer')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('datasets_key', ['workspace_id', 'dataset'])
    .execute();
}

async function createVersions(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('dataset_versions')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('dataset', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('upload_id', 'text')
    .addColumn('raw_key', 'text')
    .addColumn('raw_bytes', 'bigint', (column) => column.notNull())
    .addColumn('file_name', 'text')
    .addColumn('sha256', 'text')
    .addColumn('contract', 'text', (column) => column.notNull())
    .addColumn('fixed_columns', 'text', (column) => column.notNull())
    .addColumn('restored_from', 'integer')
    .addColumn('job_id', 'text')
    .addColumn('crawl_id', 'text')
    .addColumn('crashes', 'integer', (column) => column.notNull())
    .addColumn('rows_in', 'bigint')
    .addColumn('rows_stored', 'bigint')
    .addColumn('rows_rejected', 'bigint')
    .addColumn('rejects_key', 'text')
    .addColumn('columns', 'text')
    .addColumn('schema_changes', 'text')
    .addColumn('files', 'text')
    .addColumn('error', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addPrimaryKeyConstraint('dataset_versions_key', ['workspace_id', 'dataset', 'version'])
    .addForeignKeyConstraint(
      'dataset_versions_dataset',
      ['workspace_id', 'dataset'],
      'datasets',
      ['workspace_id', 'dataset'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
  await database.schema
    .createIndex('dataset_versions_one_converting')
    .unique()
    .on('dataset_versions')
    .columns(['workspace_id', 'dataset'])
    .where(sql.ref('state'), '=', sql.lit('converting'))
    .execute();
}

async function createCrawls(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('crawls')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('crawl_id', 'text', (column) => column.notNull())
    .addColumn('dataset', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('publish_job_id', 'text')
    .addColumn('crawl_job_id', 'text')
    .addColumn('progress', 'text')
    .addColumn('tables', 'text', (column) => column.notNull())
    .addColumn('error', 'text')
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('queued_at', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text')
    .addColumn('finished_at', 'text')
    .addPrimaryKeyConstraint('crawls_key', ['workspace_id', 'crawl_id'])
    .execute();
  await database.schema
    .createIndex('crawls_by_time')
    .on('crawls')
    .columns(['workspace_id', 'queued_at', 'crawl_id'])
    .execute();
  await database.schema
    .createIndex('crawls_one_active')
    .unique()
    .on('crawls')
    .columns(['workspace_id', 'dataset'])
    .where(sql.ref('state'), 'in', sql`('queued', 'running', 'stopping')`)
    .execute();
}

async function createStoredTables(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('stored_tables')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('table_name', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('object_keys', 'text', (column) => column.notNull())
    .addColumn('crawled_version', 'integer')
    .addColumn('crawled_columns', 'text')
    .addColumn('values_generation', 'text')
    .addPrimaryKeyConstraint('stored_tables_key', ['workspace_id', 'table_name'])
    .execute();
}

async function createValueIndex(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('value_index')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('table_name', 'text', (column) => column.notNull())
    .addColumn('generation', 'text', (column) => column.notNull())
    .addColumn('column_name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('folded', 'text', (column) => column.notNull())
    .addColumn('row_count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('value_index_key', ['workspace_id', 'table_name', 'generation', 'column_name', 'value'])
    .execute();
  await database.schema
    .createIndex('value_index_by_text')
    .on('value_index')
    .columns(['workspace_id', 'folded'])
    .execute();
}
