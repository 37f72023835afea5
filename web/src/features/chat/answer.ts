import type { MessageStatus } from '../../lib/socket/frames';

/** Which value of an answer is which cell of a result. */
export interface CellSource {
  /** As the answer shows it. */
  readonly text: string;
  readonly query_id: string;
  /** Counted from 0. Absent for the number of rows. */
  readonly row?: number;
  readonly column?: string;
  readonly value: unknown;
}

export interface QuerySource {
  readonly query_id: string;
  readonly sql: string;
  readonly tables: readonly { readonly table: string; readonly version: number }[];
  readonly bytes_scanned: number;
  readonly cost_usd: number;
  readonly row_count: number;
  readonly truncated: boolean;
  readonly engine: string;
  readonly duration_ms: number | null;
}

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Where an answer comes from. */
export interface Provenance {
  /** The question as it was understood, standing on its own. */
  readonly question: string;
  readonly understood?: string;
  readonly assumptions: readonly string[];
  readonly model: { readonly provider: string; readonly model_id?: string };
  readonly chatbot: { readonly id: string; readonly version: number };
  readonly verified?: { readonly id: string; readonly question: string };
  /** The last one is what the answer is about. */
  readonly queries: readonly QuerySource[];
  readonly checks: readonly Check[];
  readonly cells: readonly CellSource[];
}

export interface ChartEncoding {
  readonly field: string;
  readonly type: 'quantitative' | 'temporal' | 'ordinal' | 'nominal';
}

/** How to draw a result. It holds no rows. */
export interface ChartSpec {
  readonly query_id: string;
  readonly mark: 'bar' | 'line' | 'area' | 'point' | 'arc';
  readonly encoding: { readonly x: ChartEncoding; readonly y: ChartEncoding; readonly color?: ChartEncoding };
}

export interface Feedback {
  readonly rating: 'up' | 'down';
  readonly reason: string | null;
  readonly comment: string | null;
  readonly corrected_sql: string | null;
}

/** An answer as it is shown, whether it has been read from the conversation or has just come over the socket. */
export interface Answer {
  readonly messageId: string;
  readonly content: string;
  readonly status: MessageStatus;
  readonly provenance?: Provenance;
  readonly chart?: ChartSpec;
  readonly queryId?: string;
  readonly followUps: readonly string[];
  readonly feedback?: Feedback;
}

/** What both a stored message and the last event of a run have. */
interface Told {
  readonly message_id: string;
  readonly content: string;
  readonly status: MessageStatus;
  readonly provenance?: object;
  readonly chart?: object;
  readonly query_id?: string;
  readonly follow_ups?: readonly string[];
  readonly feedback?: object;
}

/** The API describes what a message carries as objects only: here they get their shapes. */
export function answerOf(told: Told): Answer {
  return {
    messageId: told.message_id,
    content: told.content,
    status: told.status,
    provenance: told.provenance as Provenance | undefined,
    chart: told.chart as ChartSpec | undefined,
    queryId: told.query_id,
    followUps: told.follow_ups ?? [],
    feedback: told.feedback as Feedback | undefined,
  };
}
