import type { components } from '../api/schema';
/** What is said over `/ws`, as docs/asyncapi.json describes it: as much of it as the page uses. */

export interface ProblemFrame {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly request_id?: string;
  /** The run that is under way, where that is the problem. */
  readonly run_id?: string;
}

/** What a client says and wants an answer to. Saying it again under the same id is harmless. */
export type Request = { readonly id: string; readonly workspace_id?: string } & (
  | {
      readonly type: 'chat';
      readonly content: string;
      readonly conversation_id: string;
      readonly chatbot_id?: string;
    }
  | { readonly type: 'cancel'; readonly run_id: string }
  | { readonly type: 'respond'; readonly run_id: string; readonly interrupt_id: string; readonly value: string }
);

export type ClientFrame =
  | Request
  | { readonly type: 'hello'; readonly id: string; readonly token: string }
  | { readonly type: 'ping'; readonly id: string }
  | {
      readonly type: 'subscribe';
      readonly id: string;
      readonly run_id: string;
      readonly after: number;
      readonly workspace_id?: string;
    };

export interface InterruptOption {
  readonly value: string;
  readonly label: string;
}

/** What a run asks its user before it goes on. */
export interface Interrupt {
  readonly interrupt_id: string;
  readonly kind: 'clarify' | 'approve';
  readonly question: string;
  readonly options: readonly InterruptOption[];
  readonly expires_at: string;
}

export interface QueryFacts {
  readonly query_id?: string;
  readonly sql: string;
  readonly bytes_scanned?: number;
  readonly cost_usd?: number;
  readonly row_count?: number | null;
}

export type MessageStatus = 'completed' | 'partial' | 'cancelled' | 'failed';

/** The answer, or what there is of it. */
export interface AssistantMessage {
  readonly content: string;
  readonly message_id: string;
  readonly status: MessageStatus;
  readonly provenance?: components['schemas']['AnswerProvenance'];
  readonly chart?: components['schemas']['AnswerChart'];
  readonly query_id?: string;
  readonly follow_ups?: readonly string[];
}

export type RunEventBody =
  | { readonly type: 'run.started' }
  | { readonly type: 'step.started' | 'step.finished'; readonly name: string }
  | { readonly type: 'text.delta'; readonly text: string }
  | { readonly type: 'tool.started'; readonly name: string; readonly input?: unknown }
  | { readonly type: 'tool.finished'; readonly name: string; readonly output?: unknown }
  | ({ readonly type: 'query.planned' | 'query.estimated' | 'query.started' | 'query.finished' } & QueryFacts)
  | { readonly type: 'chart'; readonly spec: object }
  | { readonly type: 'check'; readonly name: string; readonly ok: boolean; readonly detail: string }
  | ({ readonly type: 'interrupt' } & Interrupt)
  | {
      readonly type: 'usage';
      readonly input_tokens: number;
      readonly output_tokens: number;
      readonly cost_usd: number | null;
    }
  | ({ readonly type: 'assistant' } & AssistantMessage)
  | {
      readonly type: 'run.finished';
      readonly outcome: 'completed' | 'cancelled' | 'failed';
      readonly problem?: ProblemFrame;
    };

/** Something that happened in a run. `seq` counts 1, 2, 3 … without gaps. */
export type RunEvent = RunEventBody & {
  readonly run_id: string;
  readonly conversation_id: string;
  readonly seq: number;
};

export type ServerFrame =
  | RunEvent
  | { readonly type: 'welcome' }
  | { readonly type: 'pong'; readonly re?: string }
  | { readonly type: 'ack'; readonly re: string; readonly run_id?: string; readonly duplicate?: true }
  | { readonly type: 'error'; readonly re?: string; readonly run_id?: string; readonly problem: ProblemFrame }
  | { readonly type: 'going_away'; readonly reconnect_after_ms: number };

export function isRunEvent(frame: ServerFrame): frame is RunEvent {
  return 'seq' in frame;
}
