import type { Interrupt } from '../runs/run-event.js';
import { inertText } from './domain/inert-text.js';
import type { Provenance } from './domain/provenance.js';
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
  const { question, assumptions, chatbot, queries, checks } = turn;
  return { question, assumptions, chatbot: { id: chatbot.id, version: chatbot.version }, queries, checks };
}

/** The text with what was taken for granted. */
export function withAssumptions(text: string, { assumptions }: Turn): string {
  if (assumptions.length === 0) return text;
  const said = assumptions.map(inertText);
  return `${text}\n\n${said.length === 1 ? `Assumed: ${said[0]!}` : ['Assumed:', ...said.map((each) => `- ${each}`)].join('\n')}`;
}

/** An answer that rests on no query. */
export function said(content: string): TurnResult {
  return { kind: 'answer', answer: { content } };
}

export const notRun = 'I did not run the query. Ask for less, or for something else.';
