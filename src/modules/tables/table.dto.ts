import { IsString, MaxLength, ValidateIf } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { IsDescriptionMap } from './description-map.js';

/** Which tables to list. */
export class TablesQuery extends PageQuery {
  /**
   * Part of the name or description of a table or of one of its columns; upper and lower case are the same.
   * @example "order"
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string;
}

/** A value with the number of rows that hold it. */
export class TopValueView {
  /** @example "Lisbon" */
  value!: string;

  /** @example 41 */
  count!: number;
}

/** One column as the last crawl found it. */
export class TableColumn {
  /** @example "city" */
  name!: string;

  /**
   * boolean, bigint, double, decimal(p,s), varchar, date, timestamp, timestamp with time zone, time or json.
   * @example "varchar"
   */
  type!: string;

  /**
   * What people wrote about it.
   * @example "Where the order was delivered to."
   */
  description?: string;

  /** Whether any row has no value here. */
  nullable!: boolean;

  /**
   * Number of different values, an estimate above a few thousand.
   * @example 12
   */
  distinct?: number;

  /**
   * Share of rows without a value, 0 to 1.
   * @example 0.02
   */
  null_fraction?: number;

  /**
   * Smallest value, as text.
   * @example "Aveiro"
   */
  min?: string;

  /**
   * Greatest value, as text.
   * @example "Viseu"
   */
  max?: string;

  /** The most frequent values, most frequent first. */
  top_values?: TopValueView[];

  /**
   * Of numbers, dates and timestamps: how many values fall into each of at most twenty equal steps from `min` to `max`.
   * @example [4, 12, 9, 3]
   */
  histogram?: number[];
}

/** A table that SQL can name, with the profile of its columns. */
export class Table {
  /** @example "orders" */
  table!: string;

  /** @example "Every order since 2019, one row each." */
  description?: string;

  columns!: TableColumn[];

  /** @example 3121 */
  rows!: number;

  /**
   * Compressed size of its files.
   * @example 48213
   */
  bytes!: number;

  /**
   * Which data it shows: data set and version. A name, not a path on any machine.
   * @example "lake://orders/versions/3"
   */
  location!: string;

  /**
   * The data set's version that it shows.
   * @example 3
   */
  version!: number;

  /** When a crawl last changed it. */
  updated_at!: string;
}

/** One page of tables, in the order of their names. */
export class TablePageView {
  items!: Table[];
  next_cursor!: string | null;
}

/** What people write about a table. What is left out stays; `null` removes a description. */
export class DescribeTable {
  /**
   * At most 2,000 characters.
   * @example "Every order since 2019, one row each."
   */
  @IsOptional()
  @ValidateIf((_, value) => value !== null)
  @IsString()
  @MaxLength(2000)
  @IsStorable()
  description?: string | null;

  /**
   * Descriptions by column name, each at most 2,000 characters.
   * @example { "city": "Where the order was delivered to." }
   */
  @IsOptional()
  @IsDescriptionMap()
  columns?: Record<string, string | null>;
}
