import type { ModelMessage, ToolResultBlock } from '../../../providers/language-model/language-model.js';
import type { TurnTaken } from '../../tools/turn-budget.js';
import type { Compared } from '../domain/agreement.js';
import type { ModelUsage, QuerySource } from '../domain/provenance.js';
import type { Check } from '../domain/check.js';
import type { DocumentSource } from '../domain/document-sources.js';
import type { ResultTable } from '../domain/result-table.js';
import type { Turn } from '../turn.js';
import type { Asking } from './model-turn.js';
import { forModel } from './result-text.js';

/** What a turn leaves behind when a tool asks the user something. */
export interface ModelState {
  readonly path: 'model';
  readonly messages: readonly ModelMessage[];
  /** Results of the other tools that were called together with the one that asks. */
  readonly results: readonly ToolResultBlock[];
  /** The tool use that waits. */
  readonly waiting: string;
  readonly asking: Asking;
  readonly taken: TurnTaken;
  readonly found: {
    readonly queries: readonly QuerySource[];
    readonly results: readonly ResultTable[];
    readonly checks: readonly Check[];
    readonly assumptions: readonly string[];
    /** Absent in what was stored before documents could be searched. */
    readonly documents?: readonly DocumentSource[];
    readonly executed: number;
    readonly compared: Compared | undefined;
    readonly usage: ModelUsage | undefined;
  };
}

/** What a turn leaves behind when the service asks in which column a value is meant. */
export interface ValueTieState {
  readonly path: 'value_tie';
  readonly written: string;
}

/** A state may have 200 KB; what was found and what was said must fit into it. */
const mostCharacters = 150_000;

/** The state, with the oldest results of tools left out where it would be too large. */
export function storable(state: ModelState): ModelState {
  const found = { ...state.found, results: state.found.results.map(forModel) };
  let messages = state.messages;
  for (let index = 0; index < messages.length; index += 1) {
    if (JSON.stringify({ ...state, found, messages }).length <= mostCharacters) break;
    messages = messages.map((message, at) => (at === index ? withoutResults(message) : message));
  }
  return { ...state, found, messages };
}

/** Puts back what a turn had found before it asked. */
export function restore(turn: Turn, { found }: ModelState): void {
  turn.queries.push(...found.queries);
  turn.results.push(...found.results);
  turn.checks.push(...found.checks);
  turn.assumptions.push(...found.assumptions);
  turn.documents.push(...(found.documents ?? []));
  turn.executed = found.executed;
  turn.compared = found.compared;
  turn.usage = found.usage;
}

function withoutResults(message: ModelMessage): ModelMessage {
  if (message.role === 'assistant') return message;
  return {
    ...message,
    content: message.content.map((block) =>
      block.type === 'tool_result' ? { ...block, content: '(left out)' } : block,
    ),
  };
}
