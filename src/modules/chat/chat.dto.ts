import { IsInt, Max, Min } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { Message } from '../conversations/conversation.dto.js';
import type { Interrupt } from '../runs/run-event.js';
import type { RunState } from '../runs/run.js';
import { QuestionFields } from './question-fields.dto.js';

/** A question. */
export class AskRequest extends QuestionFields {
  /**
   * How long to wait for the answer, in milliseconds; when it takes longer, the run can be followed.
   * @example 10000
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(60_000)
  wait_ms: number = 10_000;
}

/** How to wait for an answer. */
export class RegenerateRequest {
  /** @example 10000 */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(60_000)
  wait_ms: number = 10_000;
}

/** Where the answer to a question stands. */
export class AnswerView {
  run_id!: string;
  conversation_id!: string;

  /** @example "completed" */
  state!: RunState;

  /** The answer; null while it is under way. */
  message!: Message | null;

  /** What the run asks before it goes on: answer with POST /runs/{run_id}/respond, or simply say it. */
  interrupt!: Interrupt | null;
}
