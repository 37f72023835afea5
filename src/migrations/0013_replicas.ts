import type { Kysely } from 'kysely';

/** The processes that share the database, and which of them a query runs in. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('replicas')
    .addColumn('replica_id', 'text', (column) => column.primaryKey())
    .addColumn('beat', 'integer', (column) => column.notNull())
    .execute();
  await schema.schema.alterTable('queries').addColumn('replica_id', 'text').execute();
  await schema.schema
    .alterTable('queries')
    .addColumn('cancel_requested', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
