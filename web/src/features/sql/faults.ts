import type { ApiProblem } from '../../lib/api/problem';
import { positionIn, type TextRange } from './statements';

/** What is wrong at a place of the editor's text. */
export interface Fault extends TextRange {
  readonly message: string;
}

/** What the service says about a statement, whether it refused it or failed to run it. */
export interface StatementFault {
  readonly message: string;
  /** Both counted from 1 in the statement; absent where no place is to blame. */
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;
}

/** Undefined for problems that are not about the statement. */
export function faultOfProblem({ message, members }: ApiProblem): StatementFault | undefined {
  const { line, column, hint } = members;
  if (typeof line !== 'number' || typeof column !== 'number') return undefined;
  return { message, line, column, hint: typeof hint === 'string' ? hint : undefined };
}

/** The fault where it stands in the whole text, as long as the word that it begins with. */
export function placeFault(text: string, from: number, { message, line, column, hint }: StatementFault): Fault[] {
  if (line === undefined || column === undefined) return [];
  const start = Math.min(positionIn(text, from, line, column), Math.max(0, text.length - 1));
  const [word] = /^(?:[\w.]+|"[^"\n]*"?|[^\s])/.exec(text.slice(start)) ?? [''];
  return [
    {
      from: start,
      to: Math.min(text.length, start + Math.max(1, word.length)),
      message: hint ? `${message} ${hint}` : message,
    },
  ];
}
