import type { Kysely } from 'kysely';

/** The caller's own name for a query, so that whoever asks again under it gets the same one. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema.alterTable('queries').addColumn('client_token', 'text').execute();
  await schema.schema
    .createIndex('queries_by_client_token')
    .on('queries')
    .columns(['workspace_id', 'client_token'])
    .unique()
    .execute();
}
