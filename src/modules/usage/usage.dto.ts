import { IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';

const largest = Number.MAX_SAFE_INTEGER;

/** What a workspace uses of one thing, against how much it may. */
export class MeasuredUsage {
  /** `bytes_stored`: uploaded files and published versions. `bytes_scanned`: what queries have read, and those that run will. */
  measure!: 'bytes_stored' | 'bytes_scanned' | 'concurrent_queries' | 'chat_usd';

  /** @example "bytes" */
  unit!: 'bytes' | 'queries' | 'usd';

  /**
   * What is counted: `all`, a month of UTC, or `now`.
   * @example "2026-11"
   */
  period!: string;

  /** @example 45400000 */
  used!: number;

  /**
   * Null when there is no limit.
   * @example 1000000000000
   */
  maximum!: number | null;

  /**
   * `used` divided by `maximum`; null when there is no limit.
   * @example 0.0001
   */
  fraction!: number | null;

  /** When the next period begins; null when nothing ever resets. */
  resets_at!: string | null;
}

/** What a workspace uses. */
export class WorkspaceUsage {
  measures!: MeasuredUsage[];
}

/** How much a workspace may use. Null, or left out: as much as the service allows every workspace. */
export class QuotaValues {
  /**
   * Bytes of uploaded files and published versions.
   * @example 50000000000
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(largest)
  bytes_stored?: number | null;

  /**
   * Bytes that queries may read in a month of UTC.
   * @example 1000000000000
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(largest)
  bytes_scanned?: number | null;

  /**
   * Queries that run at the same time; more of them wait for their turn.
   * @example 2
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  concurrent_queries?: number | null;

  /**
   * US dollars that chats may cost in a month of UTC.
   * @example 20.5
   */
  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 6 })
  @Min(0)
  @Max(1_000_000_000)
  chat_usd?: number | null;
}

/** The quotas of a workspace, and those of the service. */
export class Quotas extends QuotaValues {
  /** What holds where the workspace has no quota of its own, and the most that its owners may set; null: no limit. */
  service!: QuotaValues;
}
