import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Upload } from '../upload.dto.js';

/** A file that its sender will put into the store part by part. */
export class NewDirectUpload {
  /** @example "orders.csv.gz" */
  @IsString()
  @MaxLength(1000)
  file_name!: string;

  /**
   * Size of the whole file.
   * @example 4812331225
   */
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  bytes!: number;
}

/** An upload that waits for its parts, and how the file is cut. */
export class DirectUpload {
  upload!: Upload;

  /**
   * Bytes of each part but the last.
   * @example 16777216
   */
  part_bytes!: number;

  /**
   * Parts are numbered from 1 to this.
   * @example 287
   */
  part_count!: number;
}

/** Parts that are to be sent next. */
export class WantedParts {
  /** @example [1, 2, 3] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  part_numbers!: number[];
}

/** Where something can be sent to or fetched from, by whoever has the address: treat it as a secret. */
export class DirectAddress {
  url!: string;

  expires_at!: string;
}

export class DirectPartAddress extends DirectAddress {
  /** @example 1 */
  part_number!: number;

  /**
   * How many bytes to send.
   * @example 16777216
   */
  bytes!: number;
}

export class DirectPartAddresses {
  parts!: DirectPartAddress[];
}
