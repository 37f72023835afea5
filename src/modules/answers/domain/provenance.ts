import type { QueryParameter } from '../../../providers/query-engine/query-engine.js';
import type { Plan } from '../../../translator/plan.js';
import type { Confidence } from './agreement.js';
import type { CellSource } from './references.js';
import type { Check } from './check.js';
import type { DocumentSource } from './document-sources.js';

/** A table that a query has read. */
export interface TableSource {
  readonly table: string;
  /** Which of the table's versions: later ones do not change the answer. */
  readonly version: number;
  /** Columns that it may have read. */
  readonly columns: readonly string[];
}

/** One query behind an answer. `POST /api/v1/queries` with `sql` and `parameters` runs it again. */
export interface QuerySource {
  readonly query_id: string;
  /** As it was run. */
  readonly sql: string;
  readonly parameters: readonly QueryParameter[];
  readonly tables: readonly TableSource[];
  readonly bytes_scanned: number;
  readonly cost_usd: number;
  readonly row_count: number;
  /** The service cut the result at `policies.max_rows`. */
  readonly truncated: boolean;
  readonly engine: string;
  readonly duration_ms: number | null;
}

/** Under which rights and limits the answer was made. */
export interface Policies {
  /** Whose rights: the name of the role of whoever asked, and how they had signed in. */
  readonly role: string;
  readonly credential: 'session' | 'api_token';
  /** The only tables that the chatbot may read; null for all of the workspace. */
  readonly chatbot_tables: readonly string[] | null;
  /** How many tables the question could be answered from. */
  readonly readable_tables: number;
  /** Every statement is one SELECT; its result is cut after so many rows. */
  readonly read_only: true;
  readonly max_rows: number;
  /** Above these estimates a person is asked, and the query is refused. */
  readonly ask_above_bytes: number;
  readonly refuse_above_bytes: number;
  /** The most that may be run and corrected for one answer. */
  readonly max_queries: number;
  readonly max_repairs: number;
}

/** What language models have used. */
export interface ModelUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Null when the price of a model is not known. */
  readonly cost_usd: number | null;
  /** A part of it was not told by the provider, but taken from the number of characters. */
  readonly estimated?: true;
}

/** What all queries and models of an answer have taken together. */
export interface AnswerCost {
  readonly queries: number;
  readonly bytes_scanned: number;
  readonly queries_usd: number;
  /** Absent where no model was asked. */
  readonly model?: ModelUsage;
}

/** Where an answer comes from: enough to judge it, and to run it again. */
export interface Provenance {
  /** The question as it was understood, standing on its own. */
  readonly question: string;
  readonly understood?: string;
  readonly plan?: Plan;
  readonly assumptions: readonly string[];
  /** Who wrote the SQL: `builtin`, or a language model. */
  readonly model: { readonly provider: string; readonly model_id?: string };
  readonly chatbot: { readonly id: string; readonly version: number };
  /** The verified question whose stored SQL was run. */
  readonly verified?: { readonly id: string; readonly question: string };
  readonly policies: Policies;
  /** The last one is what the answer is about. */
  readonly queries: readonly QuerySource[];
  readonly cost: AnswerCost;
  readonly checks: readonly Check[];
  /** Present where the risk was high, so that the statement was compared with others for the same question. */
  readonly confidence?: Confidence;
  /** Passages of documents that were found for it; absent where none were looked for. */
  readonly documents?: readonly DocumentSource[];
  /** Which value of the answer is which cell. */
  readonly cells: readonly CellSource[];
}

export function addUsage(before: ModelUsage | undefined, more: ModelUsage): ModelUsage {
  if (!before) return more;
  return {
    input_tokens: before.input_tokens + more.input_tokens,
    output_tokens: before.output_tokens + more.output_tokens,
    cost_usd: before.cost_usd === null || more.cost_usd === null ? null : before.cost_usd + more.cost_usd,
    ...((before.estimated || more.estimated) && { estimated: true }),
  };
}
