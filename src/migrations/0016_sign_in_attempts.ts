import type { Kysely } from 'kysely';

/** Attempts to sign in, counted in windows of time for all processes together. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('sign_in_attempts')
    .addColumn('attempt_key', 'text', (column) => column.primaryKey())
    .addColumn('taken', 'integer', (column) => column.notNull())
    .addColumn('failed', 'integer', (column) => column.notNull())
    .addColumn('ends_at', 'text', (column) => column.notNull())
    .execute();
  await schema.schema.createIndex('sign_in_attempts_by_end').on('sign_in_attempts').column('ends_at').execute();
}
