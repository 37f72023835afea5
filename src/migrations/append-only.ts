import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * Makes the database itself refuse to change or delete rows of a table. The one place that knows how each kind of
 * database is told so. `key` is the primary key.
 */
export async function makeAppendOnly(database: Kysely<unknown>, table: string, key: string): Promise<void> {
  const isPostgres = database.getExecutor().adapter instanceof PostgresAdapter;
  await (isPostgres ? onPostgres(database, table) : onSqlite(database, table, key));
}

/** `insert or replace` would be a way around the trigger on deletion. */
async function onSqlite(database: Kysely<unknown>, table: string, key: string): Promise<void> {
  const refuse = sql`select raise(abort, ${sql.lit(`${table} is append-only`)});`;
  const on = sql.table(table);
  const trigger = (event: string) => sql.id(`${table}_refuse_${event}`);
  await sql`create trigger ${trigger('update')} before update on ${on} begin ${refuse} end`.execute(database);
  await sql`create trigger ${trigger('delete')} before delete on ${on} begin ${refuse} end`.execute(database);
  await sql`create trigger ${trigger('replace')} before insert on ${on}
    when exists (select 1 from ${on} where ${sql.id(key)} = new.${sql.id(key)}) begin ${refuse} end`.execute(database);
}

async function onPostgres(database: Kysely<unknown>, table: string): Promise<void> {
  const refuse = sql.id(`${table}_refuse`);
  const body = sql.lit(`begin raise exception '${table} is append-only'; end`);
  await sql`create function ${refuse}() returns trigger language plpgsql as ${body}`.execute(database);
  const trigger = (name: string) => sql.id(`${table}_refuse_${name}`);
  const on = sql.table(table);
  await sql`create trigger ${trigger('change')} before update or delete on ${on}
    for each row execute function ${refuse}()`.execute(database);
  await sql`create trigger ${trigger('truncate')} before truncate on ${on}
    for each statement execute function ${refuse}()`.execute(database);
}
