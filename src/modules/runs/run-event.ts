/** One of the answers that an interrupt offers. */
export interface InterruptOption {
  readonly value: string;
  readonly label: string;
}

/** A question of the run to its user. The run goes on when it is answered, from any socket or replica. */
export interface Interrupt {
  readonly interrupt_id: string;
  readonly kind: 'clarify' | 'approve';
  readonly question: string;
  readonly options: readonly InterruptOption[];
  readonly expires_at: string;
}

export type RunOutcome = 'completed' | 'cancelled' | 'failed';

/** The facts about a query that its events tell; each event has those that are known by then. */
export interface QueryFacts {
  readonly query_id?: string;
  readonly sql: string;
  readonly bytes_scanned?: number;
  readonly cost_usd?: number;
  readonly row_count?: number | null;
}

/** What happens in a run. `run_id`, `conversation_id` and `seq` are added when it is recorded. */
export type RunEventBody =
  | { readonly type: 'run.started' }
  | { readonly type: 'step.started' | 'step.finished'; readonly name: string }
  | { readonly type: 'text.delta'; readonly text: string }
  | { readonly type: 'tool.started'; readonly name: string; readonly input: unknown }
  | { readonly type: 'tool.finished'; readonly name: string; readonly output: unknown }
  | ({ readonly type: 'query.planned' | 'query.estimated' | 'query.started' | 'query.finished' } & QueryFacts)
  | { readonly type: 'chart'; readonly spec: unknown }
  | { readonly type: 'check'; readonly name: string; readonly ok: boolean; readonly detail: string }
  | ({ readonly type: 'interrupt' } & Interrupt)
  | {
      readonly type: 'usage';
      readonly input_tokens: number;
      readonly output_tokens: number;
      /** Null when the model's price is not known. */
      readonly cost_usd: number | null;
      /** The provider did not tell, since the answer broke off: taken from the number of characters. */
      readonly estimated?: true;
    }
  | ({ readonly type: 'assistant' } & AssistantMessage)
  | { readonly type: 'run.finished'; readonly outcome: RunOutcome; readonly problem?: unknown };

/** The answer, or what there is of it. */
export interface AssistantMessage {
  readonly content: string;
  readonly message_id: string;
  readonly status: 'completed' | 'partial' | 'cancelled' | 'failed';
  /** Where every number comes from; absent where no query was run. */
  readonly provenance?: unknown;
  /** How to draw the answer. */
  readonly chart?: unknown;
  /** The query whose result the answer is about. */
  readonly query_id?: string;
  /** Questions that might come next. */
  readonly follow_ups?: readonly string[];
}

/** A recorded event, as it goes over the wire. */
export interface RunFrame {
  /** 1, 2, 3 … without gaps within a run. */
  readonly seq: number;
  readonly type: RunEventBody['type'];
  /** The whole event as JSON text, made once for all who follow. */
  readonly text: string;
}

/** Nothing follows this one. */
export function isLast({ type }: RunFrame): boolean {
  return type === 'run.finished';
}
