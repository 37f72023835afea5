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
   * 0 to 1 of the whole, conversion included.
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

/** What a crawl did to a table of the catalog. */
export class CrawledTable {
  /** @example "orders" */
  table!: string;

  change!: 'created' | 'updated' | 'unchanged';
  schema_changes!: SchemaChangeView[];
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
