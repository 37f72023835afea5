import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { Dialect } from '../uploads/dialect.dto.js';

const readings = ['contract', 'detected'] as const;

/** How many rows to show, and parts of the dialect to read the file with; what is left out is detected. */
export class PreviewQuery {
  /**
   * How many rows at most.
   * @example 100
   */
  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 100;

  /**
   * contract: values are read as the contract says, and those that do not fit are among `misfits`; detected: all of the
   * dialect is detected anew. Absent: as the file was understood last. Not together with parts of the dialect.
   */
  @ApiPropertyOptional({ enum: readings })
  @IsOptional()
  @IsIn(readings)
  read_as?: (typeof readings)[number];

  /** @example "windows-1252" */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  encoding?: string;

  /**
   * One character; `tab` or `\t` for a tab.
   * @example ";"
   */
  @IsOptional()
  @IsString()
  @MaxLength(3)
  delimiter?: string;

  /** One character, or empty when fields are never quoted. */
  @IsOptional()
  @IsString()
  @MaxLength(1)
  quote?: string;

  /** Whether the first row holds column names. */
  @IsOptional()
  @IsIn(['true', 'false'])
  header?: 'true' | 'false';

  @IsOptional()
  @IsIn(['.', ','])
  decimal?: '.' | ',';

  /**
   * Lines before the table that are no data.
   * @example 0
   */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1000)
  skip_rows?: number;
}

/** A column as its first rows show it. */
export class PreviewColumn {
  /**
   * The name under which it is queried.
   * @example "cost_total"
   */
  name!: string;

  /**
   * The header's text exactly as in the file.
   * @example "Cost Total $"
   */
  source_name!: string;

  /** @example "bigint" */
  type!: string;

  /** Whether a row that was read has no value here. */
  nullable!: boolean;

  /**
   * How text becomes a value where the type alone does not say it.
   * @example "%d/%m/%Y"
   */
  format?: string;

  /** Texts that mean NULL besides the empty field. */
  null_values?: string[];

  /**
   * Why the type is what it is.
   * @example "all 1,000 values that were read are whole numbers"
   */
  evidence!: string;
}

/** Something odd about a file that is read nevertheless. Lines and characters count from 1. */
export class PreviewWarning {
  /** @example "ragged_row" */
  code!: string;

  /** What is odd, where, and how to mend it. */
  detail!: string;

  /** Counted from 1. */
  line?: number;

  /** A character in that line, counted from 1. */
  column?: number;

  /**
   * The column of the preview that it is about: an index, counted from 0.
   *
   * @example 2
   */
  field?: number;
}

/** A cell of the preview: indices into its rows and columns, counted from 0. */
export class PreviewCell {
  /** @example 0 */
  row!: number;

  /** @example 2 */
  column!: number;
}

/** Why each part of the dialect is what it is. */
export class DialectEvidence {
  encoding!: string;
  delimiter!: string;
  quote!: string;
  header!: string;
  decimal!: string;
  newline!: string;
  skip_rows!: string;
}

/** The first rows of a file, typed, with everything that is odd about them. */
export class Preview {
  columns!: PreviewColumn[];

  /** Values by column: strings, numbers, booleans and null; 64-bit integers, decimals, dates and times are strings. */
  @ApiProperty({
    type: 'array',
    items: {
      type: 'array',
      items: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
    },
    example: [['1', 'Lisbon', 2.5]],
  })
  rows!: (string | number | boolean | null)[][];

  /**
   * The line of the file in which each of the rows begins, counted from 1.
   * @example [2]
   */
  lines!: number[];

  /** Cells whose text is no value of their column; it is shown as it stands in the file. */
  misfits!: PreviewCell[];

  /** Rows that are shown. */
  row_count!: number;

  /** Whether the file holds more rows than these. */
  truncated!: boolean;

  dialect!: Dialect;
  dialect_evidence!: DialectEvidence;
  warnings!: PreviewWarning[];
}
