import { IsIn, IsString, IsUUID, Length } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { type PromptStatus, promptStatuses } from './prompt.js';

/** A question whose answer is fetched later. */
export class CreatePrompt {
  /** @example "How many orders came from Lisbon?" */
  @IsString()
  @IsStorable()
  @Length(1, 16_000)
  prompt!: string;

  /** Which chatbot answers; absent: the default one. */
  @IsOptional()
  @IsUUID()
  chatbot_id?: string;
}

/** A question that was accepted. */
export class AcceptedPrompt {
  /** @example "prompt_01j8x0q0000000000000000000" */
  request_id!: string;

  /** @example "PENDING" */
  status!: PromptStatus;
}

/** Which prompt requests to list. */
export class ListPrompts extends PageQuery {
  @IsOptional()
  @IsIn(promptStatuses)
  status?: PromptStatus;
}

/** A question, and its answer once there is one. */
export class PromptRequest {
  /** @example "prompt_01j8x0q0000000000000000000" */
  request_id!: string;

  user_id!: string;

  /** @example "How many orders came from Lisbon?" */
  human_prompt!: string;

  /** @example "PROCESSED" */
  status!: PromptStatus;

  /**
   * The statement behind the answer, where there was one.
   * @example "SELECT count(*) FROM orders WHERE city = 'Lisbon'"
   */
  sql?: string;

  /** @example "There were 41 orders from Lisbon." */
  answer?: string;

  /** Where the rows behind the answer are: add `?format=csv`, `json`, `parquet` or `arrow`. */
  result_url?: string;

  /** Why it failed, as a problem document. */
  error?: object;

  created_at!: string;
  updated_at!: string;
}

export class PromptPage {
  items!: PromptRequest[];
  next_cursor!: string | null;
}
