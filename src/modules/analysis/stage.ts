import type { Method, Step, StepOutputs, Usage } from '../../interviews/analysis.js';
import type { Caller } from '../access/caller.js';

/** One interview, as its bytes are kept. */
export interface StageSource {
  readonly name: string;
  readonly key: string;
}

/** What a step works with besides the outputs of the steps before it. */
export interface StageContext {
  /** In whose name language models are asked, and at whose expense. */
  readonly caller: Pick<Caller, 'workspaceId' | 'userId'>;
  readonly method: Method;
  readonly sources: readonly StageSource[];
  /** Where the text of an interview is kept, and who says what in it. */
  readonly transcriptKey: (interview: number) => string;
  readonly signal: AbortSignal;
  /** What is said of the step while it goes on, and how much of it is done. */
  readonly report: (message: string, fraction: number) => Promise<void>;
  /**
   * What was made of `input` before, by this or an earlier attempt, else what `make` makes of it now, which is kept: no
   * part of a step is paid for twice.
   */
  readonly part: <Made>(input: unknown, make: () => Promise<Made>) => Promise<Made>;
  /** What the analysis has cost before this step. */
  readonly spent: Pick<Usage, 'cost_usd'> & { readonly tokens: number };
}

/** What a step leaves behind, with what is told of it. */
export interface StageResult<Name extends Step> {
  readonly output: StepOutputs[Name];
  /** Such as "Successfully created 15 chunks". */
  readonly message: string;
  /** Null where no language model was asked. */
  readonly usage: Usage | null;
  /** Which one was. */
  readonly model?: string;
  readonly droppedQuotes?: number;
  /** What the reader of the result should know. */
  readonly notes?: readonly string[];
}

/** The outputs of the steps before. */
export type Done = Partial<StepOutputs>;

export type Stages = {
  readonly [Name in Step]: (done: Done, context: StageContext) => Promise<StageResult<Name>>;
};
