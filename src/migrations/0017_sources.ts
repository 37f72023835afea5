import type { Kysely } from 'kysely';

/** What documents come from, what was heard of them by webhooks, and the history of their syncs. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await createSources(schema);
  await createEvents(schema);
  await createSyncs(schema);
}

async function createSources(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('sources')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('config', 'text', (column) => column.notNull())
    .addColumn('sealed_secret', 'text', (column) => column.notNull())
    .addColumn('has_webhook_secret', 'integer', (column) => column.notNull())
    .addColumn('schedule', 'text')
    .addColumn('paused', 'integer', (column) => column.notNull())
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('member_ids', 'text', (column) => column.notNull())
    .addColumn('tables', 'integer', (column) => column.notNull())
    .addColumn('position', 'text')
    .addColumn('pending_mode', 'text')
    .addColumn('sync', 'text')
    .addColumn('generation', 'integer', (column) => column.notNull())
    .addColumn('touched', 'integer', (column) => column.notNull())
    .addColumn('exported', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('last_synced_at', 'text')
    .addColumn('last_full_sync_at', 'text')
    .addColumn('deleted_at', 'text')
    .addPrimaryKeyConstraint('sources_key', ['workspace_id', 'source_id'])
    .execute();
  await schema.schema.createIndex('sources_by_id').on('sources').column('source_id').unique().execute();
  await schema.schema.createIndex('sources_by_deletion').on('sources').column('deleted_at').execute();
}

async function createEvents(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('source_events')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('changes', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('handled_at', 'text')
    .addPrimaryKeyConstraint('source_events_key', ['workspace_id', 'source_id', 'event_id'])
    .execute();
  await schema.schema
    .createIndex('source_events_to_handle')
    .on('source_events')
    .columns(['workspace_id', 'source_id', 'handled_at', 'received_at'])
    .execute();
}

async function createSyncs(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('source_syncs')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('job_id', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('trigger', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('counts', 'text', (column) => column.notNull())
    .addColumn('reached', 'text')
    .addColumn('error', 'text')
    .addColumn('queued_at', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text')
    .addColumn('finished_at', 'text')
    .addPrimaryKeyConstraint('source_syncs_key', ['workspace_id', 'source_id', 'job_id'])
    .execute();
  await schema.schema
    .createIndex('source_syncs_by_time')
    .on('source_syncs')
    .columns(['workspace_id', 'source_id', 'queued_at', 'job_id'])
    .execute();
}
