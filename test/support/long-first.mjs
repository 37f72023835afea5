import Sequencer from '@jest/test-sequencer';

/** Files that take longest (from two minutes to twenty seconds), the longest first. */
const longest = [
  'test/e2e/replicas-under-load',
  'test/web/every-page',
  'test/web/failures',
  'test/e2e/tenancy-matrix',
  'test/e2e/process',
  'test/e2e/secrets',
  'test/e2e/analysis.',
  'test/contracts/duckdb-table-converter',
  'test/web/files',
  'test/web/sql',
  'test/reliability/socket',
  'test/reliability/cross-tenant',
  'test/reliability/uploads',
  'test/contracts/athena-query-engine',
  'test/reliability/publishing-kills',
  'test/e2e/workspace-purge',
  'test/web/analysis-kill',
  'test/reliability/analysis-kills',
  'test/reliability/schema-fuzz',
  'test/contracts/s3-object-store',
  'test/e2e/sources-killed',
  'test/contracts/pg-boss-job-queue',
  'test/web/',
  'test/e2e/',
  'test/reliability/',
  'test/contracts/',
];

/**
 * Long files first, so that at the end of a run no processor waits for another's long one. Jest does so by itself once it
 * knows how long each file took the last time, which after a fresh clone it does not.
 */
export default class LongFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    if (sorted.some(({ duration }) => duration != null)) return sorted;
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}

function place({ path }) {
  const found = longest.findIndex((part) => path.includes(part));
  return found === -1 ? longest.length : found;
}
