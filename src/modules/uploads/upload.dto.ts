import { IsString, MaxLength } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { Dialect } from './dialect.dto.js';

/** What a body that is the file itself says about it. */
export class UploadQuery {
  /**
   * Name of the file; only for bodies that are the file itself. A form says the name in its part.
   * @example "orders.csv"
   */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  file_name?: string;
}

/** Why an upload failed: the parts of a problem document. */
export class UploadError {
  /** @example "/problems/upload-interrupted" */
  type!: string;

  /** @example "The upload was interrupted" */
  title!: string;

  /** @example "The connection ended before the whole file had arrived." */
  detail!: string;
}

/** A file that was brought here, exactly as it came. */
export class Upload {
  /** @example "upl_01j8x0q0000000000000000000" */
  upload_id!: string;

  /**
   * The sender's name for it. Show it as text, never as markup.
   * @example "orders.csv"
   */
  file_name!: string;

  /**
   * Bytes that have arrived.
   * @example 1064421
   */
  bytes!: number;

  /** Bytes that an upload in parts has announced; null for others. */
  length!: number | null;

  /**
   * SHA-256 of the bytes, hexadecimal; null until all have arrived.
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  sha256!: string | null;

  /** `receiving` until all bytes have arrived, `submitted` while a data set holds the file, `expired` once it was deleted. */
  status!: 'receiving' | 'ready' | 'failed' | 'submitted' | 'expired';

  /** How the file is read; null until that is known. */
  dialect!: Dialect | null;

  /** The data set that holds the file; null unless it is submitted. */
  dataset!: string | null;

  created_at!: string;

  /** When the file is deleted unless it is submitted before; null once it is. */
  expires_at!: string | null;

  /** Present when the status is `failed`. */
  error?: UploadError;
}

/** One page of uploads. */
export class UploadPage {
  items!: Upload[];
  next_cursor!: string | null;
}
