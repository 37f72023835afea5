import type { SqlFault } from '../../providers/query-engine/query-engine.js';
import type { Interrupt } from '../runs/run-event.js';
import type { Check } from './domain/check.js';
import { inertText } from './domain/inert-text.js';
import { confidenceOf } from './domain/agreement.js';
import type { AnswerCost, Provenance } from './domain/provenance.js';
import type { Turn, TurnResult } from './turn.js';

/** How long a question to the user stays open. */
const openForMs = 24 * 3600_000;

export function expiryAfter(now: Date): string {
  return new Date(now.getTime() + openForMs).toISOString();
}

/** Whether a query may cost what it will. */
export function approval(reasons: readonly string[], expiresAt: string): Omit<Interrupt, 'interrupt_id'> {
  return {
    kind: 'approve',
    question: `${reasons.join(' ')} Shall I run it?`,
    options: [
      { value: 'approve', label: 'Run it' },
      { value: 'decline', label: 'Do not run it' },
    ],
    expires_at: expiresAt,
  };
}

/** What all answers that rest on queries say of themselves. */
export function provenanceOf(turn: Turn): Omit<Provenance, 'model' | 'cells'> {
  const { question, assumptions, chatbot, policies, queries, checks } = turn;
  const { id, version } = chatbot;
  const last = turn.results.at(-1);
  const confidence = turn.compared && last && confidenceOf(turn.compared, last);
  const common = { question, assumptions, chatbot: { id, version }, policies, queries, cost: costOf(turn), checks };
  return { ...common, ...(confidence && { confidence }) };
}

/** Those that were run only to compare their results are paid for, too. */
function costOf({ queries, compared, usage }: Turn): AnswerCost {
  const all = [...queries, ...(compared?.others.flatMap(({ source }) => source ?? []) ?? [])];
  return {
    queries: all.length,
    bytes_scanned: all.reduce((sum, { bytes_scanned: bytes }) => sum + bytes, 0),
    queries_usd: all.reduce((sum, { cost_usd: usd }) => sum + usd, 0),
    ...(usage && { model: usage }),
  };
}

/** The text with what was taken for granted, and with a doubt where other statements found something else. */
export function withAssumptions(text: string, turn: Turn): string {
  const last = turn.results.at(-1);
  const confidence = turn.compared && last && confidenceOf(turn.compared, last);
  const isDoubtful = confidence !== undefined && confidence.agreement <= 0.5;
  return withAssumed(isDoubtful ? `${text}\n\n${doubt}` : text, turn.assumptions);
}

const doubt = 'I am not sure of this: other statements for the same question gave other results.';

function withAssumed(text: string, assumptions: readonly string[]): string {
  if (assumptions.length === 0) return text;
  const said = assumptions.map(inertText);
  return `${text}\n\n${said.length === 1 ? `Assumed: ${said[0]!}` : ['Assumed:', ...said.map((each) => `- ${each}`)].join('\n')}`;
}

/** Why a statement cannot be run as it is, as a step of its correction. */
export function repairCheck({ message, hint }: SqlFault): Check {
  return { name: 'repair', ok: false, detail: [message, ...(hint === undefined ? [] : [hint])].join(' ') };
}

/** An answer that rests on no query. */
export function said(content: string): TurnResult {
  return { kind: 'answer', answer: { content } };
}

export const notRun = 'I did not run the query. Ask for less, or for something else.';
