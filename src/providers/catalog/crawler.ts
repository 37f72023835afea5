import type { ColumnType } from '../../csv/contract.js';

/** The stored files of a table, and what they are known to hold. */
export interface CrawlerRequest {
  readonly workspaceId: string;
  /** Lower-case SQL name. */
  readonly table: string;
  readonly objectKeys: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly signal: AbortSignal;
}

/** Where a crawler sees something else than what was stored. */
export interface CrawlerDifference {
  readonly column: string;
  /** The type as it was stored; null for a column that only the crawler sees. */
  readonly stored: string | null;
  /** The type in the crawler's words; null for a column that it does not see. */
  readonly found: string | null;
}

/** How far a crawl is: plain JSON, with which any process goes on. */
export interface CrawlerWatch {
  /** ISO time at which the crawl is given up. */
  readonly until: string;
  /** Look again after this time. */
  readonly lookAfterMs: number;
  /** When the last crawl before this one began, null when there was none; absent until this one has begun. */
  readonly previous?: number | null | undefined;
  /** The crawler was deleted by others, and made again. */
  readonly recreated: boolean;
}

/** A crawl goes on, or has succeeded. */
export type CrawlerLook = { readonly watch: CrawlerWatch } | { readonly differences: readonly CrawlerDifference[] };

/**
 * Reads stored files with the eyes of the tools that will query them, independently of what this service knows of them.
 * That takes minutes in which nothing is to be done here, so it is looked at now and then. Crawls of the same table that
 * overlap are one crawl.
 */
export abstract class Crawler {
  /** A crawl that is to be begun by the first look; undefined where there is no crawler. */
  abstract plan(): CrawlerWatch | undefined;
  /**
   * Takes the crawl one step on. In the end it says where the crawler disagrees with what was stored, which is nowhere
   * when all is well. Rejects with `CrawlerFailed`, `CrawlerStopped` or `CrawlerTooSlow`, which end the crawl. That the
   * catalog cannot be reached for a while does not.
   */
  abstract look(request: CrawlerRequest, watch: CrawlerWatch): Promise<CrawlerLook>;
  /** Tells a crawl that nobody wants any more to stop. False while it is about to. */
  abstract stop(workspaceId: string, table: string): Promise<boolean>;
}
