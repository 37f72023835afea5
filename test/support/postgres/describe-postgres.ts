import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { PostgresServer, postgresPrograms, type ServerOptions } from './postgres-server.js';

/**
 * Tests that need a PostgreSQL server, which starts before them and ends after them. Where it is not installed they are
 * reported as skipped; with `POSTGRES_TESTS=required` they fail.
 */
export function describePostgres(name: string, tests: (server: () => PostgresServer) => void, options?: ServerOptions) {
  if (postgresPrograms() === undefined && process.env.POSTGRES_TESTS !== 'required') {
    describe(name, () => it.skip('needs PostgreSQL: apt-get install postgresql', () => undefined));
    return;
  }
  describe(name, () => {
    let server: PostgresServer;

    beforeAll(async () => {
      server = await PostgresServer.start(options);
    });
    afterAll(() => server?.stop());
    tests(() => server);
  });
}
