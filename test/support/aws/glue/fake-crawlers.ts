import type { Column, CreateCrawlerRequest, LastCrawlInfo } from '@aws-sdk/client-glue';
import { AwsFailure } from '../fake-service.js';
import { failure, type FakeTables } from './fake-tables.js';

/** A crawler as Glue shows it, in part. */
export interface FakeCrawler {
  request: CreateCrawlerRequest;
  state: 'READY' | 'RUNNING' | 'STOPPING';
  last: (Omit<LastCrawlInfo, 'StartTime'> & { readonly StartTime: number }) | undefined;
  ends: NodeJS.Timeout | undefined;
}

type CrawlEnd = Pick<LastCrawlInfo, 'Status' | 'ErrorMessage' | 'LogGroup' | 'LogStream'>;

/** What happens to a crawler just before somebody looks at it. */
export type CrawlerEvent = 'nothing' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'stop' | 'delete';

/** Crawlers of Glue. They find the columns that the test says. */
export class FakeCrawlers {
  readonly crawlers = new Map<string, FakeCrawler>();
  /** What crawls find; nothing when absent. */
  columns: readonly Column[] = [];
  crawlMs = 50;
  /** How the next crawls end. */
  end: CrawlEnd = { Status: 'SUCCEEDED' };
  /** In place of time: what happens before each look. When no more is given, what runs succeeds and what stops is stopped. */
  events: CrawlerEvent[] | undefined;
  /** Starts, ends and deletions, in order. */
  readonly history: string[] = [];
  private crawls = 0;

  constructor(private readonly tables: FakeTables) {}

  create(request: CreateCrawlerRequest): object {
    const name = request.Name!;
    if (this.crawlers.has(name)) throw failure('AlreadyExistsException', 'Crawler already exists.');
    this.crawlers.set(name, { request, state: 'READY', last: undefined, ends: undefined });
    return {};
  }

  update(request: CreateCrawlerRequest): object {
    const crawler = this.find(request.Name!);
    if (crawler.state !== 'READY') throw failure('CrawlerRunningException', 'Cannot update Crawler while running.');
    crawler.request = { ...crawler.request, ...request };
    return {};
  }

  get({ Name }: { Name: string }): object {
    if (this.events) this.happen(this.find(Name), this.events.shift());
    const { request, state, last } = this.find(Name);
    return { Crawler: { ...request, State: state, ...(last && { LastCrawl: last }) } };
  }

  start({ Name }: { Name: string }): object {
    const crawler = this.find(Name);
    if (crawler.state === 'RUNNING') throw failure('CrawlerRunningException', 'Crawler has already started.');
    if (crawler.state === 'STOPPING') throw failure('CrawlerStoppingException', 'Crawler is stopping.');
    crawler.state = 'RUNNING';
    this.history.push('start');
    this.finishLater(crawler, () => this.end);
    return {};
  }

  stop({ Name }: { Name: string }): object {
    const crawler = this.find(Name);
    if (crawler.state === 'READY') throw failure('CrawlerNotRunningException', 'Crawler is not running.');
    if (crawler.state === 'STOPPING') throw failure('CrawlerStoppingException', 'Crawler is stopping already.');
    clearTimeout(crawler.ends);
    crawler.state = 'STOPPING';
    this.finishLater(crawler, () => ({ Status: 'CANCELLED' }));
    return {};
  }

  delete({ Name }: { Name: string }): object {
    if (this.find(Name).state !== 'READY') throw failure('CrawlerRunningException', 'The crawler is running.');
    this.crawlers.delete(Name);
    return {};
  }

  /** What runs ends now. */
  finishAll(): void {
    for (const crawler of this.crawlers.values()) {
      clearTimeout(crawler.ends);
      if (crawler.state !== 'READY') this.finish(crawler, this.end);
    }
  }

  close(): void {
    for (const { ends } of this.crawlers.values()) clearTimeout(ends);
  }

  private happen(crawler: FakeCrawler, event: CrawlerEvent | undefined): void {
    if (event === 'delete') {
      this.history.push('delete');
      this.crawlers.delete(crawler.request.Name!);
    }
    if (crawler.state === 'READY' || event === 'nothing' || event === 'delete') return;
    if (event === 'stop') crawler.state = 'STOPPING';
    else this.finish(crawler, { Status: event ?? (crawler.state === 'RUNNING' ? 'SUCCEEDED' : 'CANCELLED') });
  }

  private finishLater(crawler: FakeCrawler, end: () => CrawlEnd): void {
    if (!this.events) crawler.ends = setTimeout(() => this.finish(crawler, end()), this.crawlMs);
  }

  private finish(crawler: FakeCrawler, end: CrawlEnd): void {
    const { Name, DatabaseName, TablePrefix = '', Targets } = crawler.request;
    // Glue keeps times to the second, yet no two crawls of one crawler begin in the same.
    crawler.last = { ...end, StartTime: Math.floor(Date.now() / 1000) + this.crawls++ };
    crawler.state = 'READY';
    this.history.push(end.Status!);
    if (end.Status !== 'SUCCEEDED') return;
    const tables = this.tables.tablesOf(DatabaseName!);
    for (const { Path } of Targets!.S3Targets ?? []) {
      const input = {
        Name: `${TablePrefix}${Path!.split('/').at(-2)}`,
        StorageDescriptor: { Columns: [...this.columns], Location: Path! },
        Parameters: { UPDATED_BY_CRAWLER: Name! },
      };
      tables.set(input.Name, { input, version: (tables.get(input.Name)?.version ?? -1) + 1 });
    }
  }

  private find(name: string): FakeCrawler {
    const crawler = this.crawlers.get(name);
    if (!crawler) throw absent(name);
    return crawler;
  }
}

function absent(name: string): AwsFailure {
  return failure('EntityNotFoundException', `Crawler entry with name ${name} does not exist.`);
}
