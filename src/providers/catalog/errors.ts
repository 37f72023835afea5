import { problem } from '../../platform/errors/problem.js';

export class UnknownColumn extends problem({
  slug: 'unknown-table-column',
  title: 'The table has no such column',
  status: 422,
  help: 'Use the names that the table shows; they are in lower case.',
}) {
  constructor(table: string, column: string, columns: readonly string[]) {
    super(`The table ${table} has no column ${JSON.stringify(column)}. It has: ${columns.join(', ')}.`);
  }
}

export class CatalogUnavailable extends problem({
  slug: 'catalog-unavailable',
  title: 'The catalog cannot be reached',
  status: 503,
  help: 'Try again in a moment. If it stays like this, the operator has to look at AWS Glue: its state, the rights of the service, the quotas.',
}) {
  constructor(cause?: unknown) {
    super('The catalog of tables cannot be reached, or takes no more requests just now.', { cause });
  }
}

export class CrawlerFailed extends problem({
  slug: 'crawler-failed',
  title: 'The crawler could not read the files',
  status: 502,
  help: 'The table is in the catalog and can be queried here. Whoever operates the service finds the reason in the log of the crawler.',
}) {
  constructor(table: string, reason: string, log?: string) {
    super(`The crawler of the table ${table} failed: ${reason}${log === undefined ? '' : ` Its log is ${log}.`}`);
  }
}

export class CrawlerStopped extends problem({
  slug: 'crawler-stopped',
  title: 'The crawler was stopped',
  status: 409,
  help: 'Somebody has stopped it, or deleted it while it ran. Start the crawl again.',
}) {
  constructor(table: string, what: 'stopped' | 'deleted') {
    super(`The crawler of the table ${table} was ${what} from outside.`);
  }
}

export class CrawlerTooSlow extends problem({
  slug: 'crawler-too-slow',
  title: 'The crawler did not end in time',
  status: 504,
  help: 'It was told to stop. Start the crawl again later, or ask the operator to raise GLUE_CRAWLER_DEADLINE_SECONDS.',
}) {
  constructor(table: string, seconds: number) {
    super(`The crawler of the table ${table} did not end within ${seconds} seconds.`);
  }
}
