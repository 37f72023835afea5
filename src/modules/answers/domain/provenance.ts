import type { Plan } from '../../../translator/plan.js';
import type { CellSource } from './references.js';
import type { Check } from './check.js';

/** One query behind an answer. */
export interface QuerySource {
  readonly query_id: string;
  /** As it was run. */
  readonly sql: string;
  readonly tables: readonly { readonly table: string; readonly version: number }[];
  readonly bytes_scanned: number;
  readonly cost_usd: number;
  readonly row_count: number;
  readonly truncated: boolean;
  readonly engine: string;
  readonly duration_ms: number | null;
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
  /** The last one is what the answer is about. */
  readonly queries: readonly QuerySource[];
  readonly checks: readonly Check[];
  /** Which value of the answer is which cell. */
  readonly cells: readonly CellSource[];
}
