import { Dialect, parse } from '@polyglot-sql/sdk';
import { reject } from '../reject.js';
import { placeOfCharacter, tokensOf } from '../sql-text.js';
import { type PreparedText, prepareText } from './prepare-text.js';
import type { Expression } from './ast.js';

interface Parsed {
  readonly query: Expression;
  readonly parameterCount: number;
  /** The text that offsets in the tree count in. */
  readonly prepared: PreparedText;
}

const TOO_DEEP = /E_GUARD|call stack|recursion|unreachable|memory access/i;

/** Parses the author's text. The parser limits its own depth; where it fails all the same, that is a fault of the text. */
export function parseQuery(sql: string): Parsed {
  const prepared = prepareText(sql);
  const result = guardedParse(prepared.sql);
  if ('failure' in result) return refuseSyntax(sql, prepared, result);
  const [query, second] = result.statements;
  if (!query) return reject('syntax', 'There is no statement.', { hint: 'Write a SELECT.' });
  if (second) return reject('not_allowed', 'Only one statement runs at a time.');
  return { query, parameterCount: prepared.parameterCount, prepared };
}

interface Failure {
  readonly failure: string;
  readonly start?: number | undefined;
}

function guardedParse(sql: string): { statements: readonly Expression[] } | Failure {
  try {
    const result = parse(sql, Dialect.Trino);
    if (result.success) return { statements: result.ast as unknown as readonly Expression[] };
    return { failure: result.error, start: result.errorStart };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function refuseSyntax(sql: string, prepared: PreparedText, { failure, start }: Failure): never {
  if (TOO_DEEP.test(failure))
    return reject('not_allowed', 'The statement is too deeply nested.', { hint: 'Split it into parts with WITH.' });
  const offset = start === undefined ? undefined : prepared.authorOffset(start);
  const place = offset === undefined ? undefined : placeOfCharacter(sql, offset);
  return reject('syntax', syntaxMessage(sql, failure, offset), { place });
}

/** The parser's message without its position and without the pieces of the text that it repeats. */
function syntaxMessage(sql: string, failure: string, offset: number | undefined): string {
  const unterminated = /Unterminated (\w+)/.exec(failure)?.[1];
  if (unterminated) return `A ${unterminated === 'string' ? "text in '…'" : `${unterminated} in "…"`} is not closed.`;
  const expected = /Expected (\w+), got/.exec(failure)?.[1];
  const at = offset === undefined ? undefined : [...sql].slice(0, offset).join('').length;
  const token =
    at === undefined ? undefined : tokensOf(sql).find(({ start, text }) => start <= at && at < start + text.length + 2);
  const found = token ? `"${token.text.slice(0, 40)}"` : 'the end of the statement';
  return expected ? `${found} stands where ${readable(expected)} was expected.` : `${found} is not expected here.`;
}

const SIGNS: Readonly<Record<string, string>> = {
  RParen: '")"',
  LParen: '"("',
  Comma: 'a comma',
  RBracket: '"]"',
  Eof: 'the end',
};

const readable = (token: string): string => SIGNS[token] ?? token.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase();
