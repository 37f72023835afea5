import { type Kysely, sql } from 'kysely';

/**
 * Makes the database itself refuse to change or delete rows of a table. The one place that knows how its kind of
 * database is told so. `key` is the primary key: `insert or replace` would else be a way around the trigger on deletion.
 */
export async function makeAppendOnly(database: Kysely<unknown>, table: string, key: string): Promise<void> {
  const refuse = sql`select raise(abort, ${sql.lit(`${table} is append-only`)});`;
  const on = sql.table(table);
  const trigger = (event: string) => sql.id(`${table}_refuse_${event}`);
  await sql`create trigger ${trigger('update')} before update on ${on} begin ${refuse} end`.execute(database);
  await sql`create trigger ${trigger('delete')} before delete on ${on} begin ${refuse} end`.execute(database);
  await sql`create trigger ${trigger('replace')} before insert on ${on}
    when exists (select 1 from ${on} where ${sql.id(key)} = new.${sql.id(key)}) begin ${refuse} end`.execute(database);
}
