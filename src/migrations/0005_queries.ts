import { type Kysely, sql } from 'kysely';

/** The history of queries, saved queries and feeds. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await createQueries(schema);
  await createSavedQueries(schema);
  await createFeeds(schema);
}

async function createQueries(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('queries')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('query_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('sql', 'text', (column) => column.notNull())
    .addColumn('parameters', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('max_rows', 'integer', (column) => column.notNull())
    .addColumn('engine', 'text', (column) => column.notNull())
    .addColumn('bytes_scanned', 'bigint', (column) => column.notNull())
    .addColumn('cost_usd', 'real', (column) => column.notNull())
    .addColumn('data_versions', 'text', (column) => column.notNull())
    .addColumn('warnings', 'text', (column) => column.notNull())
    .addColumn('columns', 'text', (column) => column.notNull())
    .addColumn('row_count', 'bigint')
    .addColumn('truncated', 'integer', (column) => column.notNull())
    .addColumn('error', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text')
    .addColumn('finished_at', 'text')
    .addColumn('duration_ms', 'real')
    .addColumn('result_key', 'text')
    .addColumn('result_expires_at', 'text')
    .addPrimaryKeyConstraint('queries_key', ['workspace_id', 'query_id'])
    .execute();
  await schema.schema
    .createIndex('queries_unfinished')
    .on('queries')
    .column('state')
    .where('state', 'in', ['queued', 'running'])
    .execute();
  await schema.schema
    .createIndex('queries_with_result')
    .on('queries')
    .column('result_expires_at')
    .where(sql.ref('result_key'), 'is not', null)
    .execute();
}

async function createSavedQueries(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('saved_queries')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('saved_query_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('sql', 'text', (column) => column.notNull())
    .addColumn('parameters', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('saved_queries_key', ['workspace_id', 'saved_query_id'])
    .execute();
}

async function createFeeds(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('feeds')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('feed_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('saved_query_id', 'text', (column) => column.notNull())
    .addColumn('parameters', 'text', (column) => column.notNull())
    .addColumn('max_age_seconds', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('feeds_key', ['workspace_id', 'feed_id'])
    .addForeignKeyConstraint(
      'feeds_saved_query',
      ['workspace_id', 'saved_query_id'],
      'saved_queries',
      ['workspace_id', 'saved_query_id'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
  await schema.schema
    .createIndex('feeds_by_saved_query')
    .on('feeds')
    .columns(['workspace_id', 'saved_query_id'])
    .execute();

  await schema.schema
    .createTable('feed_results')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('feed_id', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('query_id', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('feed_results_key', ['workspace_id', 'feed_id', 'fingerprint'])
    .addForeignKeyConstraint(
      'feed_results_feed',
      ['workspace_id', 'feed_id'],
      'feeds',
      ['workspace_id', 'feed_id'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
}
