import { pino } from 'pino';
import type { Migration } from '../../../src/migrations/migrations.js';
import { parseConnectionUrl } from '../../../src/providers/database/postgres/connection-url.js';
import type { ConnectionSettings } from '../../../src/providers/database/postgres/connection-settings.js';
import { PostgresDatabase } from '../../../src/providers/database/postgres/postgres.database.js';

/** What connects to the database of a URL. */
export function connectionTo(url: string, changes: Partial<ConnectionSettings> = {}): ConnectionSettings {
  return { ...parseConnectionUrl(url), size: 10, logger: pino({ level: 'silent' }), ...changes };
}

export function openPostgres(url: string, migrations?: readonly Migration[]): Promise<PostgresDatabase> {
  return PostgresDatabase.open(connectionTo(url), migrations);
}
