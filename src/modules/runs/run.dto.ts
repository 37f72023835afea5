import { IsString, Length } from 'class-validator';
import type { Interrupt } from './run-event.js';
import type { RunState } from './run.js';

/** One turn of a conversation: from a question to its answer. */
export class RunView {
  /** @example "run_01j8x0q0000000000000000000" */
  run_id!: string;

  /** @example "conv_01j8x0q0000000000000000000" */
  conversation_id!: string;

  /** The id that the answer has, or will have. */
  message_id!: string;

  /** @example "completed" */
  state!: RunState;

  /** What the run asks its user; null unless it is suspended. */
  interrupt!: Interrupt | null;

  /** Why it failed or was cancelled, as a problem document. */
  problem!: object | null;

  created_at!: string;
  finished_at!: string | null;
}

/** The answer to what a run asks. */
export class RespondRequest {
  /**
   * From the run's `interrupt`.
   * @example "int_01j8x0q0000000000000000000"
   */
  @IsString()
  @Length(1, 100)
  interrupt_id!: string;

  /**
   * The `value` of one of the options.
   * @example "approve"
   */
  @IsString()
  @Length(1, 2000)
  value!: string;
}
