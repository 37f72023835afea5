import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IsInt, IsObject, IsString, Length, Max, Min } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';

/** A feed to create. */
export class CreateFeed {
  /**
   * Also the name of the file that readers get.
   * @example "Orders by city"
   */
  @IsString()
  @Length(1, 200)
  @IsStorable()
  name!: string;

  /** @example "sq_01j8x0q0000000000000000000" */
  @IsString()
  saved_query_id!: string;

  /**
   * Values that are fixed for every reader. Readers give the other parameters in the address.
   * @example {"minimum": 100}
   */
  @ApiProperty({ selfRequired: false, type: 'object', additionalProperties: true })
  @IsOptional()
  @IsObject()
  parameters?: Record<string, unknown>;

  /**
   * A stored result that is older than this is made anew when somebody reads; 0: at every reading. Absent: 300.
   * @example 300
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2_592_000)
  max_age_seconds?: number;
}

/** What to change of a feed; what is absent stays. */
export class ChangeFeed extends PartialType(CreateFeed, { skipNullProperties: false }) {}

/** Where a feed is read. */
export class FeedUrls {
  /** @example "/api/v1/feeds/feed_01j8x0q0000000000000000000.csv" */
  csv!: string;

  /** @example "/api/v1/feeds/feed_01j8x0q0000000000000000000.json" */
  json!: string;

  /** @example "/api/v1/feeds/feed_01j8x0q0000000000000000000.parquet" */
  parquet!: string;
}

/** A result of a saved query under an address that stays the same. */
export class Feed {
  /** @example "feed_01j8x0q0000000000000000000" */
  feed_id!: string;

  /** @example "Orders by city" */
  name!: string;

  /** @example "sq_01j8x0q0000000000000000000" */
  saved_query_id!: string;

  /**
   * Values that are fixed for every reader.
   * @example {"minimum": 100}
   */
  @ApiProperty({ type: 'object', additionalProperties: true })
  parameters!: Record<string, unknown>;

  /** @example 300 */
  max_age_seconds!: number;

  /**
   * Counts the changes, from 1; also the ETag.
   * @example 1
   */
  version!: number;

  urls!: FeedUrls;
  created_at!: string;
  updated_at!: string;
}

/** One page of feeds, newest first. */
export class FeedPage {
  items!: Feed[];
  next_cursor!: string | null;
}
