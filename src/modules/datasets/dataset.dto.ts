import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, Length, MaxLength } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';

import { PageQuery } from '../../platform/paging/page.dto.js';
import { Contract } from '../previews/contract.dto.js';

/** How an upload becomes data. */
export class SubmitUpload {
  /**
   * Name of the data set and of its table: a to z, 0 to 9 and _, no digit first, at most 128 characters.
   * @example "orders"
   */
  @IsString()
  @Length(1, 1000)
  dataset!: string;

  /**
   * create: a new data set; append: the rows are added to those of an existing one; replace: the rows take the place of
   * all its rows. Earlier versions stay and can be restored.
   * @example "create"
   */
  @IsIn(['create', 'append', 'replace'])
  mode!: 'create' | 'append' | 'replace';

  /** Whether the catalog is brought up to date afterwards, so that SQL sees the data. */
  @ApiPropertyOptional()
  @IsOptional()
  @IsBoolean()
  crawl: boolean = true;
}

/** What has been accepted: a new version that is on its way. */
export class Submitted {
  /** @example "orders" */
  dataset!: string;

  /** @example 1 */
  version!: number;

  /**
   * Follow it at /crawls/{crawl_id}; null when no crawl was asked for.
   * @example "crawl_01j8x0q0000000000000000000"
   */
  crawl_id!: string | null;

  /** The background job that is first. */
  job_id!: string;
}

/** Which data sets to list. */
export class DatasetsQuery extends PageQuery {
  /**
   * Part of a data set's name.
   * @example "order"
   */
  @IsOptional()
  @IsString()
  @MaxLength(128)
  search?: string;
}

/** How rejects are downloaded. */
export class RejectsQuery {
  /** Leave cells as they are that a spreadsheet would take for a formula. Absent: such cells get a leading apostrophe. */
  @ApiPropertyOptional()
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  raw: boolean = false;
}

/** Rows published under one name, in versions. */
export class Dataset {
  /** @example "orders" */
  dataset!: string;

  /**
   * The table that SQL names, once a crawl has succeeded.
   * @example "orders"
   */
  table!: string;

  /**
   * The current version; null until the first one is published.
   * @example 3
   */
  version!: number | null;

  /**
   * Number of published versions.
   * @example 3
   */
  versions!: number;

  /**
   * Rows of the current version.
   * @example 3121
   */
  rows!: number;

  /**
   * Size of the files as they were uploaded.
   * @example 181200
   */
  bytes_raw!: number;

  /**
   * Size of the same rows in storage.
   * @example 48213
   */
  bytes_parquet!: number;

  /** What was applied to the latest file; null until the first version is published. */
  contract!: Contract | null;

  created_at!: string;
  updated_at!: string;
}

/** One page of data sets, in the order of their names. */
export class DatasetPage {
  items!: Dataset[];
  next_cursor!: string | null;
}

/** A column as it is stored. */
export class StoredColumn {
  /** @example "price" */
  name!: string;

  /** @example "double" */
  type!: string;

  /** How the file's text became values, where the type alone does not say it. */
  format?: string;

  /** Whether any row has no value here. */
  nullable!: boolean;

  /**
   * Why the type is what it is.
   * @example "row 48,112 is the first that is not an integer: 12.5"
   */
  evidence!: string;
}

/** A difference between this version's columns and those of the version before. */
export class VersionSchemaChange {
  /** @example "price" */
  column!: string;

  /** Type before; null for a new column. */
  from!: string | null;

  /** Type now; null for a column that is gone. */
  to!: string | null;
}

/** Why a version could not be published: the parts of a problem document. */
export class VersionError {
  /** @example "/problems/conversion-crashed" */
  type!: string;

  /** @example "The file could not be converted" */
  title!: string;

  detail!: string;
}

/** One version of a data set. What it holds never changes. */
export class DatasetVersion {
  /** @example "orders" */
  dataset!: string;

  /** @example 1 */
  version!: number;

  mode!: 'create' | 'append' | 'replace' | 'restore';
  state!: 'converting' | 'ready' | 'failed';

  /** Whether it is the version that the data set has now. */
  current!: boolean;

  /**
   * Rows of the file; always `rows_stored + rows_rejected`.
   * @example 1561
   */
  rows_in!: number | null;

  /** @example 1560 */
  rows_stored!: number | null;

  /**
   * Rows that did not fit, to be had from …/rejects.
   * @example 1
   */
  rows_rejected!: number | null;

  /**
   * Rows of the whole version, those of appended-to versions among them.
   * @example 3121
   */
  rows!: number | null;

  /** Size of its files as they were uploaded. */
  bytes_raw!: number;

  /** Size of its rows in storage. */
  bytes_parquet!: number | null;

  columns!: StoredColumn[];

  /** How the columns differ from those of the version that was current before. */
  schema_changes!: VersionSchemaChange[];

  /**
   * The uploader's name for the file.
   * @example "orders.csv"
   */
  file_name!: string | null;

  /** SHA-256 of the uploaded file, hexadecimal. */
  sha256!: string | null;

  /** The version whose files it took over; null unless the mode is `restore`. */
  restored_from!: number | null;

  crawl_id!: string | null;
  job_id!: string | null;
  created_at!: string;

  /** Id of the user who submitted or restored it. */
  created_by!: string;

  finished_at!: string | null;

  /** Present when the state is `failed`. */
  error?: VersionError;
}

/** One page of versions, newest first. */
export class VersionPage {
  items!: DatasetVersion[];
  next_cursor!: string | null;
}
