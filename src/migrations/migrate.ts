import { type Kysely, sql } from 'kysely';
import { DatabaseTooNew } from '../providers/database/errors.js';
import type { Migration } from './migrations.js';

interface MigrationTables {
  schema_migrations: { name: string; applied_at: string };
}

/**
 * Applies the migrations that the database has not seen, in order, each in a transaction of its own: a process that
 * dies in between goes on where it stopped. Rejects with `DatabaseTooNew`, without changing anything, when the database
 * has migrations that this release does not know.
 */
export async function migrate(database: Kysely<unknown>, steps: readonly Migration[]): Promise<void> {
  const tables = database as unknown as Kysely<MigrationTables>;
  await sql`create table if not exists schema_migrations (name text primary key, applied_at text not null)`.execute(
    tables,
  );
  const applied = await tables.selectFrom('schema_migrations').select('name').orderBy('name').execute();
  const names = new Set(applied.map(({ name }) => name));
  const unknown = [...names].filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) throw new DatabaseTooNew(unknown);
  for (const step of steps) {
    if (!names.has(step.name)) await apply(tables, step);
  }
}

async function apply(tables: Kysely<MigrationTables>, step: Migration): Promise<void> {
  await tables.transaction().execute(async (transaction) => {
    await step.up(transaction as unknown as Kysely<unknown>);
    await transaction
      .insertInto('schema_migrations')
      .values({ name: step.name, applied_at: new Date().toISOString() })
      .execute();
  });
}
