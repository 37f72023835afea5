import type { Kysely } from 'kysely';

/** Uploads whose bytes go from their sender into the store itself, and what the store calls them. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema.alterTable('uploads').addColumn('direct_id', 'text').execute();
}
