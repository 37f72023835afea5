import { ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional as MayBeNull,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsLabel } from '../../platform/http/is-label.js';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { toolNamePattern } from '../tools/tool.js';

const providers = ['builtin', 'openai-compatible', 'bedrock'] as const;

/** Which model a chatbot thinks with; what is absent is left to the service. */
export class ChatbotModel {
  /**
   * `builtin` is the translator that comes with the service and needs no model. Absent: what `LANGUAGE_MODEL` says.
   * @example "openai-compatible"
   */
  @IsOptional()
  @IsIn(providers)
  provider?: (typeof providers)[number];

  /** @example "qwen3:8b" */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 200)
  model_id?: string;

  /** @example 0.2 */
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(2)
  temperature?: number;

  /** @example 0.9 */
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  top_p?: number;

  /**
   * Most tokens of one answer of the model.
   * @example 4000
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  max_tokens?: number;
}

/** A new chatbot. */
export class CreateChatbot {
  /** @example "Sales" */
  @IsLabel()
  name!: string;

  /** @example "Knows the orders of the shop." */
  @IsOptional()
  @IsString()
  @IsStorable()
  @MaxLength(2000)
  description?: string;

  /**
   * What the model is told before every conversation.
   * @example "Amounts are in euros. A year begins in October."
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @MaxLength(20_000)
  system_prompt?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ChatbotModel)
  model?: ChatbotModel;

  /**
   * Names of the tools that it may use, as `GET /tools` lists them; absent: those that come with the service.
   * @example ["web_search"]
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(toolNamePattern, { each: true, message: 'must be names of tools' })
  tools?: string[];

  /**
   * Names of the tables that it may read; absent or null: all that its user may read.
   * @example ["orders"]
   */
  @ApiPropertyOptional({ type: [String], nullable: true, example: ['orders'] })
  @MayBeNull()
  @IsArray()
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  tables?: string[] | null;
}

/** What to change of a chatbot; what is absent stays. */
export class ChangeChatbot extends PartialType(CreateChatbot, { skipNullProperties: false }) {}

/** A chatbot: how it is to answer, with which model, tools and tables. */
export class Chatbot {
  /** @example "1b8f4f0e-6e0c-8d5e-9c57-0f7c1a2b3c4d" */
  chatbot_id!: string;

  /** @example "Sales" */
  name!: string;

  description!: string;
  system_prompt!: string;
  model!: ChatbotModel;
  tools!: string[];

  /** Null: all tables that its user may read. */
  tables!: string[] | null;

  /** Whether it answers when a question names no chatbot. */
  is_default!: boolean;

  /**
   * Counts the changes, from 1; also the ETag.
   * @example 1
   */
  version!: number;

  /** Null for the chatbot that came with the workspace, until it is changed. */
  created_at!: string | null;
  updated_at!: string | null;

  /**
   * What it names that is not there any more, in sentences.
   * @example ["The table orders is not there any more."]
   */
  warnings!: string[];
}

/** The workspace's chatbots: first the one that came with it, then the others, oldest first. */
export class ChatbotPage {
  items!: Chatbot[];
  next_cursor!: string | null;
}

/** A chatbot as it was. */
export class ChatbotVersion {
  /** @example 1 */
  version!: number;

  name!: string;
  description!: string;
  system_prompt!: string;
  model!: ChatbotModel;
  tools!: string[];
  tables!: string[] | null;

  /** Who made it so; null for what came with the workspace. */
  user_id!: string | null;
  created_at!: string | null;
}

/** Versions of a chatbot, latest first. */
export class ChatbotVersionPage {
  items!: ChatbotVersion[];
  next_cursor!: string | null;
}
