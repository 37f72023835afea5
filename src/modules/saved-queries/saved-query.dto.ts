import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import type { QueryParameter } from '../../providers/query-engine/query-engine.js';
import { WaitOptions } from '../queries/query.dto.js';
import { type ParameterDefinition, parameterTypes, type ParameterType } from './domain/parameter-values.js';

/** A parameter of a saved query. */
export class SavedQueryParameter implements ParameterDefinition {
  /**
   * How the SQL mentions it after a colon: letters, digits and underscores.
   * @example "minimum"
   */
  @Matches(/^[A-Za-z_]\w{0,62}$/, {
    message: 'must be 1 to 63 letters, digits and underscores that do not begin with a digit',
  })
  name!: string;

  /** @example "integer" */
  @IsIn(parameterTypes)
  type!: ParameterType;

  /**
   * The value when none is given.
   * @example 100
   */
  @ApiProperty({
    required: false,
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }],
  })
  @IsOptional()
  default?: QueryParameter;

  /** Without value and default, a required parameter is an error; any other is NULL. */
  @IsOptional()
  @IsBoolean()
  required?: boolean;
}

/** A query to save. */
export class CreateSavedQuery {
  /** @example "Orders by city" */
  @IsString()
  @Length(1, 200)
  @IsStorable()
  name!: string;

  /** @example "Cities with the most orders above an amount" */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  @IsStorable()
  description?: string;

  /**
   * One read-only statement that mentions its parameters as `:name`. Values are bound, never made part of the text.
   * @example "select city, count(*) as orders from orders where amount > :minimum group by city order by orders desc"
   */
  @IsString()
  sql!: string;

  /** Every parameter that the statement mentions. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => SavedQueryParameter)
  parameters?: SavedQueryParameter[];
}

/** What to change of a saved query; what is absent stays. */
export class ChangeSavedQuery extends PartialType(CreateSavedQuery, { skipNullProperties: false }) {}

/** A query that is kept under a name. */
export class SavedQuery {
  /** @example "sq_01j8x0q0000000000000000000" */
  saved_query_id!: string;

  /** @example "Orders by city" */
  name!: string;

  /** @example "Cities with the most orders above an amount" */
  description!: string;

  /** @example "select city, count(*) as orders from orders where amount > :minimum group by city order by orders desc" */
  sql!: string;

  parameters!: SavedQueryParameter[];

  /**
   * Counts the changes, from 1; also the ETag.
   * @example 1
   */
  version!: number;

  created_at!: string;
  updated_at!: string;
}

/** One page of saved queries, newest first. */
export class SavedQueryPage {
  items!: SavedQuery[];
  next_cursor!: string | null;
}

/** Values for one run of a saved query. */
export class RunSavedQuery extends WaitOptions {
  /**
   * Values by parameter name.
   * @example {"minimum": 100}
   */
  @ApiProperty({ selfRequired: false, type: 'object', additionalProperties: true })
  @IsOptional()
  @IsObject()
  parameters?: Record<string, unknown>;
}
