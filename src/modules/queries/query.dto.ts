import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import type { QueryParameter, SqlFault } from '../../providers/query-engine/query-engine.js';
import { IsQueryParameters } from './is-query-parameters.js';

export const queryStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export const downloadFormats = ['csv', 'json', 'parquet', 'arrow'] as const;

export type DownloadFormat = (typeof downloadFormats)[number];

/** How long a call waits for its query. */
export class WaitOptions {
  /**
   * Milliseconds to wait for the end. A query that ends in time is answered with 200 and its first page, any other with
   * 202. It runs on in any case, also when the client goes away.
   * @example 1000
   */
  @ApiPropertyOptional()
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(30_000)
  wait_ms: number = 1000;
}

/** A query to run. */
export class RunQuery extends WaitOptions {
  /**
   * One read-only statement in Athena's dialect, at most 262,144 bytes of UTF-8.
   * @example "select city, count(*) as orders from orders where amount > ? group by city order by orders desc"
   */
  @IsString()
  sql!: string;

  /**
   * Values for the placeholders `?` of the statement, in their order. They are bound, never made part of the text.
   * @example [100]
   */
  @ApiProperty({
    required: false,
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
  })
  @IsOptional()
  @IsQueryParameters()
  parameters?: QueryParameter[];

  /**
   * The result is cut after this many rows, and says so. Absent: as many as the service allows.
   * @example 100000
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  max_rows?: number;

  /**
   * Refuse the query when it would read more bytes than this.
   * @example 1000000000
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  max_bytes_scanned?: number;
}

/** A statement to estimate. */
export class EstimateQuery {
  /** @example "select city, count(*) from orders group by city" */
  @IsString()
  sql!: string;
}

/** A table with what a query would read of it. */
export class TableEstimate {
  /** @example "orders" */
  table!: string;

  /** @example 45400000 */
  bytes!: number;
}

/** What a query would read and cost. */
export class QueryEstimate {
  tables!: TableEstimate[];

  /** @example 45400000 */
  bytes_scanned!: number;

  /** @example 0.000227 */
  cost_usd!: number;

  /** `ask`: let a person agree first; `refuse`: the service does not run it. */
  decision!: 'allow' | 'ask' | 'refuse';

  /** @example [] */
  reasons!: string[];
}

/** A column of a result. */
export class QueryColumn {
  /** @example "city" */
  name!: string;

  /**
   * Trino's name of the type.
   * @example "varchar"
   */
  type!: string;
}

/** Why a query failed. */
export class QueryError implements SqlFault {
  /** @example "data" */
  @ApiProperty({ type: String })
  kind!: SqlFault['kind'];

  /** @example "Division by zero." */
  message!: string;

  /** Counted from 1, in your own text. */
  line?: number;

  /** Counted from 1, in your own text. */
  column?: number;

  /** What to try. */
  hint?: string;
}

/** A query: what was asked, how it went, and what it read. */
export class Query {
  /** @example "qry_01j8x0q0000000000000000000" */
  query_id!: string;

  /** @example "select city, count(*) as orders from orders group by city" */
  sql!: string;

  /** Values of the placeholders. */
  @ApiProperty({ type: 'array', items: {} })
  parameters!: QueryParameter[];

  state!: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

  /** Empty until the query has succeeded. */
  columns!: QueryColumn[];

  /**
   * Rows of the whole result; null until the query has succeeded.
   * @example 41
   */
  row_count!: number | null;

  /** True when the result was cut at `max_rows`. */
  truncated!: boolean;

  /** @example 45400000 */
  bytes_scanned!: number;

  /** @example 0 */
  cost_usd!: number;

  /**
   * Time the query ran, without waiting for its turn; null while it has not ended or when it never ran.
   * @example 12.4
   */
  duration_ms!: number | null;

  /** @example "duckdb" */
  engine!: string;

  /**
   * The version of each table that was read.
   * @example {"orders": 3}
   */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  data_versions!: Record<string, number>;

  /** What the author should know about the statement. */
  warnings!: string[];

  created_at!: string;
  started_at!: string | null;
  finished_at!: string | null;

  /** Only of queries that failed or were cancelled. */
  error?: QueryError;
}

/** A query that has succeeded, with the first page of its result. */
export class QueryWithRows extends Query {
  /**
   * Rows as arrays in the order of `columns`. 64-bit integers and decimals are texts, so that nothing is rounded; dates
   * and times are ISO 8601.
   * @example [["Lisbon", "41"]]
   */
  @ApiProperty({ required: false, type: 'array', items: { type: 'array', items: {} } })
  rows?: unknown[][];

  /** For GET /queries/{query_id}/results; null when these are all rows. */
  next_cursor?: string | null;
}

/** Which queries to list. */
export class ListQueries extends PageQuery {
  @IsOptional()
  @IsIn(queryStates)
  state?: (typeof queryStates)[number];

  /**
   * Only queries whose SQL contains this text, in any case.
   * @example "orders"
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string;
}

/** One page of queries, newest first. */
export class QueryPage {
  items!: Query[];
  next_cursor!: string | null;
}

/** Which rows of a result to read. */
export class ResultQuery {
  /**
   * How many rows at most.
   * @example 1000
   */
  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(10_000)
  limit: number = 1000;

  /** `next_cursor` of the previous page; absent for the first page. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;

  /**
   * How many rows to skip; a cursor overrules it. A page after the last row is empty.
   * @example 0
   */
  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  offset: number = 0;
}

/** One page of a result. All pages show the same result, whatever happens to the tables meanwhile. */
export class ResultRows {
  columns!: QueryColumn[];

  /**
   * Rows as arrays in the order of `columns`.
   * @example [["Lisbon", "41"]]
   */
  @ApiProperty({ type: 'array', items: { type: 'array', items: {} } })
  rows!: unknown[][];

  next_cursor!: string | null;
}

/** How to download a result. */
export class DownloadOptions {
  @ApiPropertyOptional()
  @IsOptional()
  @IsIn(downloadFormats)
  format: DownloadFormat = 'csv';

  /** Leave CSV cells that a spreadsheet would take for a formula as they are. */
  @ApiPropertyOptional()
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  raw: boolean = false;
}
