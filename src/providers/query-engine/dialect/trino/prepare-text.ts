import { reject } from '../reject.js';
import { placeAt, type Token, tokensOf } from '../sql-text.js';

/** The author's text in the form that the parser reads without loss, and the way back. */
export interface PreparedText {
  /** Every `?` has its number, `$1` on, and decimal literals are casts. */
  readonly sql: string;
  readonly parameterCount: number;
  /** The offset in the author's text of an offset here, both in characters. */
  readonly authorOffset: (offset: number) => number;
}

/** A piece of the author's text, in UTF-16 units, and what stands in its place. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function prepareText(sql: string): PreparedText {
  const tokens = tokensOf(sql);
  refuseForeignNames(sql, tokens);
  const marks = tokens.filter(({ kind, text }) => kind === 'symbol' && text === '?');
  const edits = [
    ...marks.map(({ start }, index) => ({ start, end: start + 1, text: `$${index + 1}` })),
    ...decimalLiterals(sql, tokens),
  ].sort((a, b) => a.start - b.start);
  return { sql: applied(sql, edits), parameterCount: marks.length, authorOffset: wayBack(sql, edits) };
}

function refuseForeignNames(sql: string, tokens: readonly Token[]): void {
  const own = tokens.find(({ kind, text }) => kind === 'word' && /^[$@]/.test(text));
  if (!own) return;
  const message = `${own.text} is not a name. Names that start with ${own.text[0]} go in double quotes; parameters are written as ?.`;
  reject('syntax', message, { place: placeAt(sql, own.start) });
}

/** The parser takes `DECIMAL '1.23'` for a cast to a decimal without a scale, which would lose what is behind the point. */
function decimalLiterals(sql: string, tokens: readonly Token[]): Edit[] {
  return tokens.flatMap((word, index) => {
    const value = tokens[index + 1];
    const isLiteral = word.kind === 'word' && word.text.toLowerCase() === 'decimal' && value?.kind === 'string';
    return isLiteral
      ? { start: word.start, end: value.start + value.text.length, text: decimalCast(sql, word, value) }
      : [];
  });
}

/** The type is as wide as the digits that count: `0012.30` is a decimal(4,2). */
function decimalCast(sql: string, word: Token, value: Token): string {
  const [, whole, fraction = ''] = /^'[+-]?0*(\d*)(?:\.(\d*))?'$/.exec(value.text) ?? [];
  const precision = Math.max((whole?.length ?? 0) + fraction.length, 1);
  const fault =
    !/\d/.test(value.text) || whole === undefined ? 'is not a number' : precision > 38 && 'has over 38 digits';
  if (fault)
    return reject('syntax', `DECIMAL ${value.text} ${fault}.`, {
      place: placeAt(sql, word.start),
      hint: "Decimal literals are written as DECIMAL '1.23'.",
    });
  return `CAST(${value.text} AS DECIMAL(${precision},${fraction.length}))`;
}

function applied(sql: string, edits: readonly Edit[]): string {
  const starts = [0, ...edits.map(({ end }) => end)];
  return starts.map((start, index) => sql.slice(start, edits[index]?.start) + (edits[index]?.text ?? '')).join('');
}

/** What stands within an edit leads back to its start, what stands behind it to the same character. */
function wayBack(sql: string, edits: readonly Edit[]): (offset: number) => number {
  const places = edits.map(({ start, end, text }) => ({
    start: characters(sql.slice(0, start)),
    end: characters(sql.slice(0, end)),
    length: characters(text),
  }));
  return (offset) => {
    let shift = 0;
    for (const { start, end, length } of places) {
      if (offset < start + shift + length) return Math.min(offset - shift, start);
      shift += length - (end - start);
    }
    return offset - shift;
  };
}

function characters(text: string): number {
  return Array.from(text).length;
}
