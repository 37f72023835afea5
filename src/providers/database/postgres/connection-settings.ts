import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { Logger } from 'pino';
import type { Config } from '../../../config/config.js';
import { StartupError } from '../../../platform/errors/startup-error.js';
import { isLoopback, parseConnectionUrl } from './connection-url.js';

/** A server, a user and a database, and how they are spoken to. */
export interface ConnectionSettings {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** A function is asked for each new connection. Absent where the server asks for none. */
  readonly password?: string | (() => Promise<string>) | undefined;
  /** Absent: not encrypted. */
  readonly tls?: ConnectionOptions | undefined;
  /** Connections at the same time. */
  readonly size: number;
  readonly logger: Pick<Logger, 'warn'>;
}

type DatabaseConfig = Pick<
  Config,
  'databaseUrl' | 'databaseIamAuthentication' | 'databaseTls' | 'databaseCaFile' | 'databasePoolSize'
>;

/** Rejects with a `StartupError` where the settings do not go together. */
export async function connectionSettings(
  config: DatabaseConfig,
  logger: Pick<Logger, 'warn'>,
): Promise<ConnectionSettings> {
  const server = readUrl(config.databaseUrl);
  const tls = tlsOptions(config, server.host);
  const settings = { ...server, tls, size: config.databasePoolSize, logger };
  if (config.databaseIamAuthentication === 'false') return settings;
  if (server.password !== undefined || tls === undefined)
    throw new StartupError(
      'DATABASE_IAM_AUTHENTICATION=true needs TLS (DATABASE_TLS=verify) and a DATABASE_URL without a password.',
    );
  const { iamPassword } = await import('./iam-password.js');
  return { ...settings, password: iamPassword(server) };
}

function readUrl(url: string | undefined) {
  if (url === undefined) throw new StartupError('DATABASE=postgres needs DATABASE_URL.');
  try {
    return parseConnectionUrl(url);
  } catch (error) {
    throw new StartupError(`DATABASE_URL ${(error as Error).message}.`);
  }
}

function tlsOptions({ databaseTls, databaseCaFile }: DatabaseConfig, host: string): ConnectionOptions | undefined {
  switch (databaseTls ?? (isLoopback(host) ? 'off' : 'verify')) {
    case 'off':
      return undefined;
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify':
      // Without a host the certificate of a server that is named by its address would be compared with "localhost".
      return {
        rejectUnauthorized: true,
        host,
        ...(databaseCaFile !== undefined && { ca: readAuthorities(databaseCaFile) }),
      };
  }
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartupError(`DATABASE_CA_FILE cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}
