import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsOptional as MayBeNull, IsString, Length, Matches, Max, Min } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { type ToolKind, toolNamePattern } from './tool.js';

const weather = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

/** A tool that calls a service over HTTP. */
export class CreateTool {
  /**
   * How language models call it: letters, digits, `_` and `-`. It cannot be changed.
   * @example "weather"
   */
  @Matches(toolNamePattern, { message: 'must be 1 to 64 letters, digits, _ and -' })
  name!: string;

  /**
   * What it does and when to use it, for the language model.
   * @example "Tells the weather of a city."
   */
  @IsString()
  @IsStorable()
  @Length(1, 4000)
  description!: string;

  /** JSON Schema of the input, an object; patterns, references and combinations such as anyOf are not taken. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: weather })
  @IsObject()
  input_schema!: Record<string, unknown>;

  /** @example "GET" */
  @IsIn(['GET', 'POST'])
  method!: 'GET' | 'POST';

  /**
   * Members of the input as `{name}`, in path and query only. It must be on the public internet; redirects are not followed.
   * @example "https://weather.example.com/v1/{city}?units=metric"
   */
  @IsString()
  @IsStorable()
  @Length(1, 2000)
  url!: string;

  /** Headers of the request; `{{secret}}` in a value becomes the secret. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { authorization: 'Bearer {{secret}}' },
  })
  @IsOptional()
  @IsObject()
  headers?: Record<string, string>;

  /** For POST: JSON whose texts may have `{name}`; absent: the whole input. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { place: '{city}' } })
  @IsOptional()
  @IsObject()
  body?: Record<string, unknown>;

  /**
   * Stored encrypted and never shown; null removes it.
   * @example "k-123456"
   */
  @ApiPropertyOptional({ type: String, nullable: true, writeOnly: true })
  @MayBeNull()
  @Matches(/^[\x21-\x7e]{1,4000}$/, { message: 'must be 1 to 4000 characters of ASCII without spaces' })
  secret?: string | null;

  /**
   * For the whole request.
   * @example 10000
   */
  @IsOptional()
  @IsInt()
  @Min(100)
  @Max(30_000)
  timeout_ms?: number;

  /**
   * Bytes of the answer; what is more is not read.
   * @example 100000
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  response_limit_bytes?: number;
}

/** What to change of a tool; what is absent stays. A secret stays only with the host that it was given for. */
export class ChangeTool extends PartialType(OmitType(CreateTool, ['name']), { skipNullProperties: false }) {}

/** An input to try a tool out with. */
export class TestTool {
  /** As the tool's input_schema says. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { city: 'Lisbon' } })
  @IsObject()
  input!: Record<string, unknown>;
}

/** What came of trying a tool out: what a language model would be given. */
export class ToolTestResult {
  /** Text from elsewhere, between two lines that say so. */
  content!: string;

  truncated!: boolean;

  /** @example 231 */
  duration_ms!: number;
}

/** A tool that chatbots of the workspace can be given. */
export class Tool {
  /** @example "weather" */
  name!: string;

  /** @example "Tells the weather of a city." */
  description!: string;

  /** `http` tools are the workspace's own; the others come with the service. */
  kind!: ToolKind;

  /** JSON Schema of the input. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: weather })
  input_schema!: Record<string, unknown>;
}

/** Every tool, by name. */
export class ToolPage {
  items!: Tool[];
  next_cursor!: string | null;
}

/** A tool that the workspace has registered, with everything but its secret. */
export class HttpTool extends Tool {
  /** @example "GET" */
  method!: 'GET' | 'POST';

  /** @example "https://weather.example.com/v1/{city}?units=metric" */
  url!: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  headers!: Record<string, string>;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  body!: Record<string, unknown> | null;

  /** Whether a secret is stored. */
  has_secret!: boolean;

  timeout_ms!: number;
  response_limit_bytes!: number;

  /**
   * Counts the changes, from 1; also the ETag.
   * @example 1
   */
  version!: number;

  created_at!: string;
  updated_at!: string;
}
