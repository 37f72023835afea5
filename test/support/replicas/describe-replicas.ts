import { describe, it } from '@jest/globals';
import { describePostgres } from '../postgres/describe-postgres.js';
import type { PostgresServer } from '../postgres/postgres-server.js';
import { haproxyProgram } from './haproxy.js';

/**
 * Tests that need PostgreSQL and HAProxy. Where that is not installed they are reported as skipped; with
 * `REPLICA_TESTS=required` they fail.
 */
export function describeReplicas(name: string, tests: (server: () => PostgresServer) => void) {
  if (haproxyProgram() === undefined && process.env.REPLICA_TESTS !== 'required') {
    describe(name, () => it.skip('needs HAProxy: apt-get install haproxy', () => undefined));
    return;
  }
  describePostgres(name, tests);
}
