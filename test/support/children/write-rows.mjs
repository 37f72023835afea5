// Four clients that write until the process is killed, each logging what the database has acknowledged.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteDatabase } from '../../../dist/providers/database/sqlite/sqlite.database.js';

const [folder, run] = process.argv.slice(2);
const database = await SqliteDatabase.open(join(folder, 'rows.db'), { migrations: [] });
const { schema } = database.tables();
await schema.createTable('groups').ifNotExists().addColumn('value', 'text').addColumn('part', 'integer').execute();
await schema.createTable('chain').ifNotExists().addColumn('version', 'integer').addColumn('client', 'text').execute();

/** Rows that must appear together. */
async function writeGroup(value) {
  await database.transaction(async (transaction) => {
    for (let part = 1; part <= 10; part += 1) {
      await transaction.tables().insertInto('groups').values({ value, part }).execute();
    }
  });
  writeSync(1, `group ${value}\n`);
}

/** The next version of a chain, read and written in one transaction. */
async function extendChain(client) {
  const version = await database.transaction(async (transaction) => {
    const tables = transaction.tables();
    const last = await tables
      .selectFrom('chain')
      .select('version')
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    const next = (last?.version ?? 0) + 1;
    await tables.insertInto('chain').values({ version: next, client }).execute();
    return next;
  });
  writeSync(1, `chain ${version}\n`);
}

async function client(name) {
  for (let count = 0; ; count += 1) {
    await writeGroup(`${name}-${count}`);
    await extendChain(name);
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map((name) => client(`${run}-${name}`)));
