import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { PostgresServer } from './postgres-server.js';

/** One server for all tests of a file, started for the first app. */
let server: Promise<PostgresServer> | undefined;
if (process.env.TEST_DATABASE === 'postgres') afterAll(async () => (await server)?.stop());

/**
 * With `TEST_DATABASE=postgres` every app of the tests keeps its rows in PostgreSQL: the settings for that, with a database
 * of its own for each data folder. Otherwise none.
 */
export async function databaseSettings(dataDirectory: string): Promise<Record<string, string>> {
  if (process.env.TEST_DATABASE !== 'postgres') return {};
  const known = join(dataDirectory, 'database-url');
  if (!existsSync(known)) {
    server ??= PostgresServer.start();
    writeFileSync(known, await (await server).createDatabase());
  }
  return {
    MASTER_KEY: 'the master key of tests on PostgreSQL',
    DATABASE: 'postgres',
    DATABASE_URL: readFileSync(known, 'utf8'),
    JOB_QUEUE: process.env.TEST_JOB_QUEUE ?? 'sqlite',
  };
}
