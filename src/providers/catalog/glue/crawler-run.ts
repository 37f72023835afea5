import {
  type Crawler,
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  GetCrawlerCommand,
  type GlueClient,
  StartCrawlerCommand,
  StopCrawlerCommand,
  UpdateCrawlerCommand,
} from '@aws-sdk/client-glue';
import type { Clock } from '../../clock/clock.js';
import { CatalogUnavailable, CrawlerFailed, CrawlerStopped, CrawlerTooSlow } from '../errors.js';
import { isAbsent, isCrawlerEnding, isCrawlerRunning, isPresent } from './glue-errors.js';

export interface CrawlerDefinition {
  readonly name: string;
  readonly role: string;
  readonly database: string;
  readonly tablePrefix: string;
  /** Locations, sorted. */
  readonly folders: readonly string[];
}

export interface CrawlerRunOptions {
  /** Whose crawler it is, for messages. */
  readonly table: string;
  readonly deadlineSeconds: number;
  readonly pollMs: { readonly first: number; readonly most: number };
  readonly signal: AbortSignal;
}

/** One crawl from its start, or from the middle when another has started it, to its end. */
export class CrawlerRun {
  private readonly ends: number;
  private pauseMs: number;
  /** It may be deleted meanwhile and made again; twice is no accident. */
  private recreated = false;

  constructor(
    private readonly glue: GlueClient,
    private readonly clock: Clock,
    private readonly definition: CrawlerDefinition,
    private readonly options: CrawlerRunOptions,
  ) {
    this.ends = clock.elapsed() + options.deadlineSeconds * 1000;
    this.pauseMs = options.pollMs.first;
  }

  /** Resolves when the crawl has succeeded; rejects as `Crawler.compare` promises. */
  async succeed(): Promise<void> {
    try {
      for (;;) {
        const before = await this.start();
        const ended = await this.waitFor(before);
        if (ended) return this.judge(ended);
        if (this.recreated) throw new CrawlerStopped(this.options.table, 'deleted');
        this.recreated = true;
      }
    } catch (error) {
      if (error instanceof CrawlerTooSlow || this.options.signal.aborted) await this.stop();
      throw error;
    }
  }

  /** Starts a crawl, or joins the one that runs; returns when the last crawl before it began. */
  private async start(): Promise<number | undefined> {
    for (;;) {
      const crawler = (await this.look()) ?? (await this.create());
      if (crawler.State === 'RUNNING') return startOf(crawler);
      if (crawler.State === 'READY' && (await this.startReady(crawler))) return startOf(crawler);
      await this.pause();
    }
  }

  /** False when it is not ready after all. */
  private async startReady(crawler: Crawler): Promise<boolean> {
    try {
      if (!this.isCurrent(crawler)) await this.glue.send(new UpdateCrawlerCommand(this.request()));
      await this.glue.send(new StartCrawlerCommand({ Name: this.definition.name }));
      return true;
    } catch (error) {
      if (isCrawlerRunning(error)) return this.isCurrent(crawler);
      if (isCrawlerEnding(error) || isAbsent(error)) return false;
      throw error;
    }
  }

  /** The crawler at rest after a crawl other than the one that began at `before`; undefined when it is gone. */
  private async waitFor(before: number | undefined): Promise<Crawler | undefined> {
    for (;;) {
      await this.pause();
      const crawler = await this.look();
      if (!crawler) return undefined;
      if (crawler.State === 'READY' && startOf(crawler) !== before) return crawler;
    }
  }

  private judge({ LastCrawl: last }: Crawler): void {
    if (last?.Status === 'SUCCEEDED') return;
    if (last?.Status === 'CANCELLED') throw new CrawlerStopped(this.options.table, 'stopped');
    const log = last?.LogGroup === undefined ? undefined : `${last.LogGroup}, ${last.LogStream ?? ''}`;
    throw new CrawlerFailed(this.options.table, last?.ErrorMessage ?? 'Glue gives no reason.', log);
  }

  /** Undefined when there is none. What keeps Glue away for a moment does not end a crawl of minutes. */
  private async look(): Promise<Crawler | undefined> {
    for (;;) {
      try {
        const command = new GetCrawlerCommand({ Name: this.definition.name });
        return (await this.glue.send(command, { abortSignal: this.options.signal })).Crawler;
      } catch (error) {
        if (isAbsent(error)) return undefined;
        this.options.signal.throwIfAborted();
        if (!(error instanceof CatalogUnavailable)) throw error;
      }
      await this.pause();
    }
  }

  private async create(): Promise<Crawler> {
    const { database: Name } = this.definition;
    const DatabaseInput = { Name, Description: 'What crawlers found in the files of a workspace of Tabletalk' };
    for (const command of [new CreateDatabaseCommand({ DatabaseInput }), new CreateCrawlerCommand(this.request())]) {
      await this.glue.send(command as CreateCrawlerCommand).catch((error: unknown) => {
        if (!isPresent(error)) throw error;
      });
    }
    return { State: 'READY', Targets: { S3Targets: this.targets() } };
  }

  private async stop(): Promise<void> {
    await this.glue.send(new StopCrawlerCommand({ Name: this.definition.name })).catch((error: unknown) => {
      if (!isAbsent(error) && !isCrawlerEnding(error)) throw error;
    });
  }

  /** Longer from look to look. Rejects with `CrawlerTooSlow` when there is no time left. */
  private async pause(): Promise<void> {
    const { table, deadlineSeconds, pollMs, signal } = this.options;
    const left = this.ends - this.clock.elapsed();
    if (left <= 0) throw new CrawlerTooSlow(table, deadlineSeconds);
    await this.clock.sleep(Math.min(this.pauseMs, left), signal);
    this.pauseMs = Math.min(pollMs.most, this.pauseMs * 1.5);
  }

  private isCurrent({ Targets }: Crawler): boolean {
    const paths = (Targets?.S3Targets ?? []).map(({ Path }) => Path);
    return paths.join() === this.definition.folders.join();
  }

  private targets() {
    // Rejected rows stand beside the table's file.
    return this.definition.folders.map((Path) => ({ Path, Exclusions: ['**.csv'] }));
  }

  private request() {
    const { name, role, database, tablePrefix } = this.definition;
    return {
      Name: name,
      Role: role,
      DatabaseName: database,
      TablePrefix: tablePrefix,
      Targets: { S3Targets: this.targets() },
      SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DELETE_FROM_DATABASE' },
      Configuration: JSON.stringify({ Version: 1, Grouping: { TableGroupingPolicy: 'CombineCompatibleSchemas' } }),
    } as const;
  }
}

const startOf = ({ LastCrawl }: Crawler): number | undefined => LastCrawl?.StartTime?.getTime();
