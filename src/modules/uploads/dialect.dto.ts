import { IsBoolean, IsIn, IsInt, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';

/** How a file's bytes become rows. */
export class Dialect {
  /**
   * Text encoding. A byte-order mark is never part of the text.
   * @example "utf-8"
   */
  @IsString()
  @Length(1, 60)
  encoding!: string;

  /**
   * The character between fields.
   * @example ","
   */
  @IsString()
  @Length(1, 1)
  delimiter!: string;

  /**
   * The character around fields that hold delimiters or newlines; empty when fields are never quoted.
   * @example "\""
   */
  @IsString()
  @MaxLength(1)
  quote!: string;

  /** Whether the first row after the skipped ones holds column names. */
  @IsBoolean()
  header!: boolean;

  @IsIn(['.', ','])
  decimal!: '.' | ',';

  /** @example "\n" */
  @IsIn(['\n', '\r\n', '\r'])
  newline!: '\n' | '\r\n' | '\r';

  /** Whether the file is compressed; found out, never set. */
  @IsOptional()
  @IsIn(['none', 'gzip'])
  compression!: 'none' | 'gzip';

  /**
   * Lines before the header that are no data, such as titles and comments.
   * @example 0
   */
  @IsInt()
  @Min(0)
  @Max(1000)
  skip_rows!: number;
}
