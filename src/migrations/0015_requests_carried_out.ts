import type { Kysely } from 'kysely';

/** Whether the request under a key has changed anything, whatever became of its process. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .alterTable('idempotency_keys')
    .addColumn('carried_out', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
