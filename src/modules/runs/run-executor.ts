import type { Write } from '../../providers/item-store/item-store.js';
import type { Problem } from '../../platform/errors/problem.js';
import type { Caller } from '../access/caller.js';
import type { Run } from './run.js';
import type { AssistantMessage, Interrupt, RunEventBody, RunOutcome } from './run-event.js';

/** Why a run's signal is aborted. */
export type StopReason = 'cancelled' | 'access-ended' | 'stopping' | 'lost';

/** What an executor works with. */
export interface RunContext {
  readonly run: Run;
  /** Whose question it is: everything is done with their rights, never more. */
  readonly caller: Caller;
  /** Aborted when the run has to stop; the executor then throws the signal's reason. */
  readonly signal: AbortSignal;
  /** Records and sends an event: durable when this resolves, except for text, which is gathered for a moment. */
  emit(event: RunEventBody): Promise<void>;
}

/** The user's answer to an interrupt, with the state that the executor left behind when it asked. */
export interface Resumption {
  readonly state: unknown;
  readonly value: string;
}

export type RunResult =
  | { readonly kind: 'answered'; readonly message: AssistantMessage }
  | {
      readonly kind: 'suspended';
      readonly interrupt: Omit<Interrupt, 'interrupt_id'>;
      /** All that is needed to go on, as JSON of at most 200 KB. */
      readonly state: unknown;
    };

/** How a run has ended, however that came about. */
export interface RunEnd {
  readonly outcome: RunOutcome;
  /** The answer of a completed run. */
  readonly message?: AssistantMessage;
  /** What had been said when a run ended without an answer. */
  readonly partialText: string;
  readonly problem?: Problem;
}

/** What the end of a run leaves behind. */
export interface RunEffects {
  /** The message that ends the conversation's turn, also for a run that failed: nobody waits in vain. */
  readonly message: AssistantMessage;
  /** Written in the same transaction as the end. */
  readonly writes: readonly Write[];
}

/** Does the work of runs. One for the whole service. */
export abstract class RunExecutor {
  /** Rejects with a `Problem` for what the user should know; everything else is a fault of ours. */
  abstract execute(context: RunContext, resumed?: Resumption): Promise<RunResult>;
  /** Called exactly once for each run that ends, perhaps on another replica than the one that executed it. */
  abstract ended(run: Run, end: RunEnd): Promise<RunEffects>;
}
