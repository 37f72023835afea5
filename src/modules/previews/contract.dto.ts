import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsObject,
  IsString,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { Dialect } from '../uploads/dialect.dto.js';

/** One column of the file as it will be stored. */
export class ContractColumn {
  /**
   * The header's text exactly as in the file, by which the column is recognised.
   * @example "Cost Total $"
   */
  @IsString()
  @MaxLength(100_000)
  source_name!: string;

  /**
   * The name under which it is queried.
   * @example "cost_total"
   */
  @IsString()
  @Length(1, 200)
  name!: string;

  /**
   * boolean, bigint, double, decimal(p,s), varchar, date, timestamp, timestamp with time zone, time or json. A type that
   * you set is kept: values that do not fit are rejected. One that is left as proposed widens to fit every value.
   * @example "decimal(12,2)"
   */
  @IsString()
  @Length(1, 60)
  type!: string;

  /**
   * How text becomes a value: a strptime pattern for dates and times, a sample such as 1.234,50 for numbers, a pair such
   * as yes/no for booleans.
   * @example "%d/%m/%Y"
   */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  format?: string;

  /**
   * Texts that mean NULL besides the empty field.
   * @example ["NA", "-"]
   */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  null_values?: string[];

  /** Leaves the column out of the table. */
  @IsOptional()
  @IsBoolean()
  drop?: boolean;
}

/** What a submit applies to every row. */
export class Contract {
  dialect!: Dialect;

  /** One entry for each column of the file, in the file's order. */
  columns!: ContractColumn[];
}

/** A new contract, in whole or in part. */
export class ChangeContract {
  /** Absent: as it is. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Dialect)
  dialect?: Dialect;

  /** One entry for each column of the file, in the file's order. Absent: as the file suggests under the dialect. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2_000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContractColumn)
  columns?: ContractColumn[];
}
