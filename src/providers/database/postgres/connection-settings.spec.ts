import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { describePostgres } from '../../../../test/support/postgres/describe-postgres.js';
import type { PostgresServer } from '../../../../test/support/postgres/postgres-server.js';
import { Config } from '../../../config/config.js';
import { StartupError } from '../../../platform/errors/startup-error.js';
import { connectionSettings } from './connection-settings.js';
import { PostgresDatabase } from './postgres.database.js';

const fixture = (name: string) => join(process.cwd(), 'test/fixtures/tls', name);
const logger = pino({ level: 'silent' });
const settingsOf = (environment: Record<string, string>) => connectionSettings(Config.read(environment), logger);

describe('the settings of a connection', () => {
  const refusal = async (environment: Record<string, string>) => {
    const error: unknown = await settingsOf(environment).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StartupError);
    return (error as Error).message;
  };

  it('come from a URL, whose parts are percent-encoded', async () => {
    const url = 'postgres://an%40user:p%2Fss@[::1]:6000/my%20data';
    expect(await settingsOf({ DATABASE_URL: url, DATABASE_POOL_SIZE: '4' })).toMatchObject({
      host: '::1',
      port: 6000,
      user: 'an@user',
      password: 'p/ss',
      database: 'my data',
      size: 4,
      tls: undefined,
    });
  });

  it('check certificates unless the server is on this machine', async () => {
    expect((await settingsOf({ DATABASE_URL: 'postgres://u@db.example.com/d' })).tls).toMatchObject({
      rejectUnauthorized: true,
      host: 'db.example.com',
    });
    expect((await settingsOf({ DATABASE_URL: 'postgres://u@localhost/d' })).tls).toBeUndefined();
    expect((await settingsOf({ DATABASE_URL: 'postgres://u@127.example.com/d' })).tls).toBeDefined();
    const required = await settingsOf({ DATABASE_URL: 'postgres://u@db.example.com/d', DATABASE_TLS: 'require' });
    expect(required.tls).toEqual({ rejectUnauthorized: false });
  });

  it.each([
    [{}, 'needs DATABASE_URL'],
    [{ DATABASE_URL: 'mysql://u@h/d' }, 'must be postgres://'],
    [{ DATABASE_URL: 'postgres://u@h' }, 'must be postgres://'],
    [{ DATABASE_URL: 'postgres://u@h/d?sslmode=disable' }, 'DATABASE_TLS'],
    [{ DATABASE_URL: 'postgres://u@h/d', DATABASE_CA_FILE: '/nowhere' }, 'DATABASE_CA_FILE cannot be read'],
    [{ DATABASE_URL: 'postgres://u:p@h/d', DATABASE_IAM_AUTHENTICATION: 'true' }, 'without a password'],
    [{ DATABASE_URL: 'postgres://u@127.0.0.1/d', DATABASE_IAM_AUTHENTICATION: 'true' }, 'needs TLS'],
  ])('are refused when they are %j', async (environment, says) => {
    expect(await refusal(environment as Record<string, string>)).toContain(says);
  });

  describe('with IAM', () => {
    const before = { ...process.env };
    afterEach(() => {
      process.env = before;
    });

    it('sign a token for every connection, with no password anywhere', async () => {
      Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 's' });
      const { password } = await settingsOf({
        DATABASE_URL: 'postgres://tabletalk@db.example.com/d',
        DATABASE_IAM_AUTHENTICATION: 'true',
      });
      const token = new URL(`https://${await (password as () => Promise<string>)()}`);
      expect(token.host).toBe('db.example.com:5432');
      expect(Object.fromEntries(token.searchParams)).toMatchObject({
        Action: 'connect',
        DBUser: 'tabletalk',
        'X-Amz-Expires': '900',
        'X-Amz-Credential': expect.stringMatching(/^AKID\/\d{8}\/eu-central-1\/rds-db\/aws4_request$/),
        'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    });
  });
});

const encrypted = {
  settings: { ssl: 'on' },
  files: {
    'server.crt': readFileSync(fixture('server.pem'), 'utf8'),
    'server.key': readFileSync(fixture('server.key'), 'utf8'),
    'pg_hba.conf': 'host all postgres 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n',
  },
};

describePostgres('a connection to a server with TLS and passwords', (server) => connections(server), encrypted);

function connections(server: () => PostgresServer): void {
  const connect = async (host: string, more: Record<string, string> = {}, password = 'right') => {
    const url = `postgres://app:${password}@${host}:${server().port}/postgres`;
    const settings = await settingsOf({ DATABASE_TLS: 'verify', DATABASE_URL: url, ...more });
    const database = await PostgresDatabase.open(settings, []);
    await database.close();
  };
  const authority = { DATABASE_CA_FILE: fixture('authority.pem') };

  it('is opened when the certificate is right', async () => {
    await server().execute(`create role app login password 'right'`);
    await connect('localhost', authority);
    await connect('127.0.0.1', { DATABASE_TLS: 'require' });
  });

  it.each([
    ['an authority that is not trusted', 'localhost', {}, 'right', 'DATABASE_CA_FILE'],
    ['the certificate of another host', '127.0.0.1', authority, 'right', 'for another host'],
    ['no TLS', 'localhost', { DATABASE_TLS: 'off' }, 'right', 'DATABASE_TLS'],
    ['a wrong password', 'localhost', authority, 'wrong', 'refuses the user or the password'],
  ])('is refused with %s, in words for the operator', async (_, host, more, password, says) => {
    const error: unknown = await connect(host, more, password).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StartupError);
    expect((error as Error).message).toContain(says);
    expect((error as Error).message).not.toContain(password === 'wrong' ? ':wrong' : ':right');
  });
}
