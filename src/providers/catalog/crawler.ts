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

/**
 * Reads stored files with the eyes of the tools that will query them, independently of what this service knows of them.
 * Crawls of the same table that overlap are one crawl.
 */
export abstract class Crawler {
  /**
   * Where the crawler disagrees with what was stored, which is nowhere when all is well; undefined where there is no
   * crawler. Rejects with `CrawlerFailed`,
   * `CrawlerStopped`, `CrawlerTooSlow`, `CatalogUnavailable`, or the signal's reason; the crawler is stopped then.
   */
  abstract compare(request: CrawlerRequest): Promise<readonly CrawlerDifference[] | undefined>;
}
