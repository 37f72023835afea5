import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsOptional } from '../http/is-optional.js';

/** What every list takes. */
export class PageQuery {
  /**
   * How many items at most.
   * @example 50
   */
  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** `next_cursor` of the previous page; absent for the first page. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;
}
