import {
  type Column,
  DeleteCrawlerCommand,
  DeleteDatabaseCommand,
  DeleteTableCommand,
  type GlueClient,
  paginateGetTables,
} from '@aws-sdk/client-glue';
import type { Clock } from '../../clock/clock.js';
import type { ObjectStore } from '../../object-store/object-store.js';
import {
  Crawler,
  type CrawlerDifference,
  type CrawlerLook,
  type CrawlerRequest,
  type CrawlerWatch,
} from '../crawler.js';
import { CatalogUnavailable } from '../errors.js';
import { type CrawlerDefinition, CrawlerRun, findCrawler, stopCrawler } from './crawler-run.js';
import { isAbsent, isCrawlerRunning } from './glue-errors.js';
import { hiveType } from './hive-type.js';

export interface GlueCrawlerOptions {
  /** What the names of databases and crawlers begin with; the workspace's id follows. */
  readonly databasePrefix: string;
  /** The role that Glue takes to read the files. */
  readonly roleArn: string;
  /** A crawl that takes longer is stopped. */
  readonly deadlineSeconds: number;
  /** Between looks at a crawl, at first and at most; 1 and 15 seconds when absent. */
  readonly pollMs?: { readonly first: number; readonly most: number };
}

/**
 * A crawler of AWS Glue for each table, in a database beside the workspace's own: what it finds is compared, and never
 * what Athena reads.
 */
export class GlueCrawler extends Crawler {
  constructor(
    private readonly glue: GlueClient,
    private readonly objectStore: ObjectStore,
    private readonly clock: Clock,
    private readonly options: GlueCrawlerOptions,
  ) {
    super();
  }

  plan(): CrawlerWatch {
    const until = new Date(this.clock.now().getTime() + this.options.deadlineSeconds * 1000).toISOString();
    return { until, lookAfterMs: this.pollMs.first, recreated: false };
  }

  async look(
    { workspaceId, table, objectKeys, columns, signal }: CrawlerRequest,
    watch: CrawlerWatch,
  ): Promise<CrawlerLook> {
    const { roleArn: role, deadlineSeconds } = this.options;
    const folders = new Set(objectKeys.map((key) => this.objectStore.location(key).replace(/[^/]*$/, '')));
    const definition = {
      name: this.nameOf(workspaceId, table),
      role,
      database: this.database(workspaceId),
      tablePrefix: prefixOf(table),
      folders: [...folders].sort(),
    };
    const options = { table, deadlineSeconds, mostPollMs: this.pollMs.most, signal };
    const next = await new CrawlerRun(this.glue, this.clock, definition, options).step(watch);
    if (next) return { watch: next };
    return { differences: differences(columns, await this.columnsFound(definition)) };
  }

  async stop(workspaceId: string, table: string): Promise<boolean> {
    const name = this.nameOf(workspaceId, table);
    const state = (await findCrawler(this.glue, name))?.State ?? 'READY';
    if (state === 'RUNNING') await stopCrawler(this.glue, name);
    return state === 'READY';
  }

  /**
   * Removes the crawler of a table with what it has found. No error when there is none. One that runs is told to stop and
   * stays for as long: false.
   */
  async forget(workspaceId: string, table: string): Promise<boolean> {
    const isGone = await this.deleteCrawler(this.nameOf(workspaceId, table));
    await this.deleteTablesFound(workspaceId, table);
    return isGone;
  }

  /** The same for all tables of a workspace. Rejects with `CatalogUnavailable` while one of their crawlers is about to stop. */
  async forgetAll(workspaceId: string, tables: readonly string[]): Promise<void> {
    let areGone = true;
    for (const table of tables) areGone = (await this.forget(workspaceId, table)) && areGone;
    if (!areGone) throw new CatalogUnavailable(new Error(`Crawlers of ${workspaceId} still run.`));
    const command = new DeleteDatabaseCommand({ Name: this.database(workspaceId) });
    await this.glue.send(command).catch((error: unknown) => {
      if (!isAbsent(error)) throw error;
    });
  }

  private get pollMs() {
    return this.options.pollMs ?? { first: 1000, most: 15_000 };
  }

  private async deleteCrawler(name: string): Promise<boolean> {
    try {
      await this.glue.send(new DeleteCrawlerCommand({ Name: name }));
      return true;
    } catch (error) {
      if (isAbsent(error)) return true;
      if (!isCrawlerRunning(error)) throw error;
      await stopCrawler(this.glue, name);
      return false;
    }
  }

  private async deleteTablesFound(workspaceId: string, table: string): Promise<void> {
    const name = this.nameOf(workspaceId, table);
    for (const { Name } of await this.tablesFound(this.database(workspaceId), name)) {
      await this.glue
        .send(new DeleteTableCommand({ DatabaseName: this.database(workspaceId), Name }))
        .catch((error: unknown) => {
          if (!isAbsent(error)) throw error;
        });
    }
  }

  private database(workspaceId: string): string {
    return `${this.options.databasePrefix}${workspaceId}_crawled`.toLowerCase();
  }

  private nameOf(workspaceId: string, table: string): string {
    return `${this.options.databasePrefix}${workspaceId}_${table}`.toLowerCase();
  }

  /** Columns of all tables that the crawler has made of these folders; of earlier ones there may be tables still. */
  private async columnsFound({ database, name, folders }: CrawlerDefinition): Promise<Map<string, string>> {
    const found = await this.tablesFound(database, name);
    const tables = found.filter(({ StorageDescriptor }) => {
      const location = (StorageDescriptor?.Location ?? '').replace(/\/?$/, '/');
      return folders.some((folder) => location.startsWith(folder));
    });
    const columns = tables.flatMap(({ StorageDescriptor }): readonly Column[] => StorageDescriptor?.Columns ?? []);
    return new Map(columns.map(({ Name, Type }) => [Name!.toLowerCase(), Type ?? '']));
  }

  private async tablesFound(database: string, crawler: string) {
    const tables = [];
    try {
      for await (const { TableList = [] } of paginateGetTables({ client: this.glue }, { DatabaseName: database })) {
        tables.push(...TableList.filter(({ Parameters }) => Parameters?.['UPDATED_BY_CRAWLER'] === crawler));
      }
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    return tables;
  }
}

/** Glue adds the name of the folder that it has read. */
const prefixOf = (table: string): string => `${table}__`;

function differences(columns: CrawlerRequest['columns'], found: ReadonlyMap<string, string>): CrawlerDifference[] {
  const stored = new Map(columns.map(({ name, type }) => [name.toLowerCase(), type]));
  const names = new Set([...stored.keys(), ...found.keys()]);
  return [...names].flatMap((column) => {
    const [ours, theirs] = [stored.get(column), found.get(column)];
    if (ours !== undefined && hiveType(ours) === theirs) return [];
    return [{ column, stored: ours ?? null, found: theirs ?? null }];
  });
}
