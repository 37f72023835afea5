import { Problem } from '../../../platform/errors/problem.js';
import type { ModelMessage } from '../../../providers/language-model/language-model.js';
import { isModelProblem } from '../../../providers/language-model/errors.js';
import { BudgetExhausted } from '../../tools/errors.js';
import type { ModelCall } from './model-call.js';

/** Different ways to go about it, so that the statements do not all err alike. */
const ways = [
  'First find the tables and columns that hold what is asked for; then write the statement from the rows upwards.',
  'Write it step by step with common table expressions: first the rows that count, then what is computed of them.',
  'Write it in the plainest way that you can, without any subquery.',
];

/**
 * Has a model write a statement for the question without knowing what was written before, and without tools. Undefined
 * when it does not, or may not any more: an answer does not depend on it.
 */
export async function writeOther(
  call: ModelCall,
  question: readonly ModelMessage[],
  nth: number,
): Promise<string | undefined> {
  const request = `Do not answer, and call no tools. Write one SELECT that finds what the last question asks for. ${ways[(nth - 1) % ways.length]!} Reply with nothing but JSON: {"sql": "…", "assumptions": ["…"]}`;
  const messages: ModelMessage[] = [...question, { role: 'user', content: [{ type: 'text', text: request }] }];
  let text = '';
  const reader = { push: async (delta: string) => void (text += delta), end: async () => undefined };
  try {
    await call.ask(messages, 'none', reader);
    return statementIn(text);
  } catch (error) {
    if (error instanceof Problem && (isModelProblem(error) || error instanceof BudgetExhausted)) return undefined;
    throw error;
  }
}

function statementIn(text: string): string | undefined {
  const json = /\{[^]*\}/.exec(text)?.[0];
  try {
    const { sql } = JSON.parse(json ?? 'null') as { sql?: unknown };
    return typeof sql === 'string' && sql.trim() !== '' ? sql : undefined;
  } catch {
    return undefined;
  }
}
