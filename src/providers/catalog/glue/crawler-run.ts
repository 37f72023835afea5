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
import type { CrawlerWatch } from '../crawler.js';
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
  readonly mostPollMs: number;
  readonly signal: AbortSignal;
}

/** One crawl from its start, or from the middle when another has started it, to its end, a step at a time. */
export class CrawlerRun {
  constructor(
    private readonly glue: GlueClient,
    private readonly clock: Clock,
    private readonly definition: CrawlerDefinition,
    private readonly options: CrawlerRunOptions,
  ) {}

  /** Undefined when the crawl has succeeded; rejects as `Crawler.look` promises. */
  async step(watch: CrawlerWatch): Promise<CrawlerWatch | undefined> {
    const left = Date.parse(watch.until) - this.clock.now().getTime();
    if (left <= 0) {
      await stopCrawler(this.glue, this.definition.name);
      throw new CrawlerTooSlow(this.options.table, this.options.deadlineSeconds);
    }
    const next = await this.next(watch);
    const lookAfterMs = Math.min(left, this.options.mostPollMs, watch.lookAfterMs * 1.5);
    return next && { ...next, lookAfterMs };
  }

  /** What keeps Glue away for a moment does not end a crawl of minutes. */
  private async next(watch: CrawlerWatch): Promise<CrawlerWatch | undefined> {
    try {
      return watch.previous === undefined ? await this.begin(watch) : await this.follow(watch);
    } catch (error) {
      if (!(error instanceof CatalogUnavailable)) throw error;
      return watch;
    }
  }

  /** Starts a crawl, or joins the one that runs; neither while an earlier one is about to stop. */
  private async begin(watch: CrawlerWatch): Promise<CrawlerWatch> {
    const crawler = (await this.find()) ?? (await this.create());
    const begun = crawler.State === 'RUNNING' || (crawler.State === 'READY' && (await this.startReady(crawler)));
    return begun ? { ...watch, previous: startOf(crawler) } : watch;
  }

  private async follow(watch: CrawlerWatch): Promise<CrawlerWatch | undefined> {
    const crawler = await this.find();
    if (!crawler) return this.beginAgain(watch);
    if (crawler.State !== 'READY' || startOf(crawler) === watch.previous) return watch;
    this.judge(crawler);
    return undefined;
  }

  /** Somebody has deleted the crawler; twice is no accident. */
  private async beginAgain(watch: CrawlerWatch): Promise<CrawlerWatch> {
    if (watch.recreated) throw new CrawlerStopped(this.options.table, 'deleted');
    return this.begin({ ...watch, previous: undefined, recreated: true });
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

  private judge({ LastCrawl: last }: Crawler): void {
    if (last?.Status === 'SUCCEEDED') return;
    if (last?.Status === 'CANCELLED') throw new CrawlerStopped(this.options.table, 'stopped');
    const log = last?.LogGroup === undefined ? undefined : `${last.LogGroup}, ${last.LogStream ?? ''}`;
    throw new CrawlerFailed(this.options.table, last?.ErrorMessage ?? 'Glue gives no reason.', log);
  }

  private find(): Promise<Crawler | undefined> {
    return findCrawler(this.glue, this.definition.name, this.options.signal);
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

/** Undefined when there is none. */
export async function findCrawler(
  glue: GlueClient,
  name: string,
  abortSignal?: AbortSignal,
): Promise<Crawler | undefined> {
  try {
    const command = new GetCrawlerCommand({ Name: name });
    return (await glue.send(command, { ...(abortSignal && { abortSignal }) })).Crawler;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** No error when it does not run. */
export async function stopCrawler(glue: GlueClient, name: string): Promise<void> {
  await glue.send(new StopCrawlerCommand({ Name: name })).catch((error: unknown) => {
    if (!isAbsent(error) && !isCrawlerEnding(error)) throw error;
  });
}

const startOf = ({ LastCrawl }: Crawler): number | null => LastCrawl?.StartTime?.getTime() ?? null;
