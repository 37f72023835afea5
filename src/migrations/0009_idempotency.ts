import { type Kysely, sql } from 'kysely';

/** Answers that are kept for retries name their workspace, with which they go. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema.alterTable('idempotency_keys').addColumn('workspace_id', 'text').execute();
  // The scope begins with the workspace's UUID.
  await (schema as Kysely<{ idempotency_keys: { workspace_id: string | null } }>)
    .updateTable('idempotency_keys')
    .set({ workspace_id: sql`substr(scope, 1, 36)` })
    .execute();
  await schema.schema
    .createIndex('idempotency_keys_by_workspace')
    .on('idempotency_keys')
    .column('workspace_id')
    .execute();
}
