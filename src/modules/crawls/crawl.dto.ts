import { IsIn, IsString, Length } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { PageQuery } from '../../platform/paging/page.dto.js';

export const crawlStates = ['queued', 'running', 'stopping', 'succeeded', 'failed', 'stopped'] as const;
export type CrawlState = (typeof crawlStates)[number];

/** What to crawl. */
export class StartCrawl {
  /**
   * The data set whose stored files are to be read again.
   * @example "orders"
   */
  @IsString()
  @Length(1, 128)
  dataset!: string;
}

/** Which crawls to list. */
export class CrawlsQuery extends PageQuery {
  /**
   * Only crawls of this data set.
   * @example "orders"
   */
  @IsOptional()
  @IsString()
  @Length(1, 128)
  dataset?: string;

  /** Only crawls in this state. */
  @IsOptional()
  @IsIn(crawlStates)
  state?: CrawlState;
}

/** How far a crawl is, as an estimate. */
export class CrawlProgress {
  /**
   * 0 to 1 of the whole, conversion included. It goes back when something has to be done again: when a file turns out to
   * need another way of reading, and after `retrying`.
   * @example 0.62
   */
  fraction!: number;

  /**
   * Rows read in this phase.
   * @example 41000
   */
  rows?: number;

  /**
   * Bytes read in this phase.
   * @example 5242880
   */
  bytes?: number;
}

/** A difference between the schema that the catalog had and the one that was found. */
export class SchemaChangeView {
  /** @example "price" */
  column!: string;

  /**
   * Type before; null for a new column.
   * @example "bigint"
   */
  from!: string | null;

  /**
   * Type now; null for a column that is gone.
   * @example "double"
   */
  to!: string | null;
}

/** A column that the catalog's own crawler sees otherwise than it was stored. */
export class CrawlerDifferenceView {
  /** @example "price" */
  column!: string;

  /**
   * Type as it was stored; null for a column that only the crawler sees.
   * @example "bigint"
   */
  stored!: string | null;

  /**
   * Type in the crawler's words; null for a column that it does not see.
   * @example "double"
   */
  found!: string | null;
}

/** What the catalog's own crawler makes of the stored files, with the eyes of other tools that query them. */
export class CrawlerFindings {
  /** Empty when it sees exactly what was stored, or could not look. */
  differences!: CrawlerDifferenceView[];

  /**
   * Why it could not look; the table can be queried all the same.
   * @example "The crawler of the table orders did not end within 900 seconds."
   */
  error?: string;
}

/** What a crawl did to a table of the catalog. */
export class CrawledTable {
  /** @example "orders" */
  table!: string;

  change!: 'created' | 'updated' | 'unchanged';
  schema_changes!: SchemaChangeView[];

  /** Absent where the catalog has no crawler, and while nothing has changed. */
  crawler?: CrawlerFindings;
}

/** Why a crawl failed: the parts of a problem document. */
export class CrawlError {
  /** @example "/problems/dataset-deleted" */
  type!: string;

  /** @example "The data set was deleted meanwhile" */
  title!: string;

  /** @example "The data set orders was deleted while this was running." */
  detail!: string;
}

/** One run of the crawler over a data set; from the submit on, if that asked for it. */
export class Crawl {
  /** @example "crawl_01j8x0q0000000000000000000" */
  crawl_id!: string;

  /** @example "orders" */
  dataset!: string;

  state!: CrawlState;

  /** What it is doing, or was doing when it ended. */
  phase!: 'queued' | 'converting' | 'listing' | 'profiling' | 'updating';

  progress!: CrawlProgress;

  /** What it changed in the catalog; empty until it has succeeded. */
  tables!: CrawledTable[];

  /** The background job that does the present part of the work. */
  job_id!: string;

  queued_at!: string;
  started_at!: string | null;
  finished_at!: string | null;

  /** Present when the state is `failed`. */
  error?: CrawlError;
}

/** One page of crawls, newest first. */
export class CrawlPage {
  items!: Crawl[];
  next_cursor!: string | null;
}
