import { type Kysely, sql } from 'kysely';

/** Jobs with their history, the schedules that make jobs, and the catalog of tables. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await createJobs(database);
  await createJobEvents(database);
  await createSchedules(database);
  await createCatalog(database);
}

async function createJobs(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('jobs')
    .addColumn('job_id', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('max_attempts', 'integer', (column) => column.notNull())
    .addColumn('dead', 'integer', (column) => column.notNull())
    .addColumn('cancel_requested', 'integer', (column) => column.notNull())
    .addColumn('unique_key', 'text')
    .addColumn('progress', 'text')
    .addColumn('error', 'text')
    .addColumn('token', 'integer', (column) => column.notNull())
    .addColumn('heartbeat', 'integer', (column) => column.notNull())
    .addColumn('last_seq', 'integer', (column) => column.notNull())
    .addColumn('events_trimmed', 'integer', (column) => column.notNull())
    .addColumn('not_before', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text')
    .addColumn('finished_at', 'text')
    .execute();
  await database.schema
    .createIndex('jobs_by_turn')
    .on('jobs')
    .columns(['state', 'kind', 'workspace_id', 'created_at', 'job_id', 'not_before'])
    .execute();
  await database.schema
    .createIndex('jobs_by_workspace')
    .on('jobs')
    .columns(['workspace_id', 'created_at', 'job_id'])
    .execute();
  await database.schema
    .createIndex('jobs_unique_key')
    .unique()
    .on('jobs')
    .columns(['workspace_id', 'unique_key'])
    .where(sql.ref('state'), 'in', sql`('queued', 'running')`)
    .execute();
  await database.schema
    .createIndex('jobs_to_trim')
    .on('jobs')
    .column('finished_at')
    .where(sql.ref('events_trimmed'), '=', sql.lit(0))
    .execute();
}

async function createJobEvents(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('job_events')
    .addColumn('job_id', 'text', (column) => column.notNull().references('jobs.job_id').onDelete('cascade'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('job_events_key', ['job_id', 'seq'])
    .execute();
}

async function createSchedules(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('schedules')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('cron', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('next_at', 'text', (column) => column.notNull())
    .execute();
}

/** Definitions as crawls find them; beside them what people wrote about the tables. */
async function createCatalog(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('catalog_tables')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('descriptions', 'text', (column) => column.notNull())
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('catalog_tables_key', ['workspace_id', 'name'])
    .execute();
}
