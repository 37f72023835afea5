import { reject } from '../reject.js';
import { placeAt, tokensOf } from '../sql-text.js';

/** A text in which every `?` has its number, `$1` on, and the way back to the author's text. */
export interface NumberedText {
  readonly sql: string;
  readonly parameterCount: number;
  /** The offset in the author's text of an offset here, both in characters. */
  readonly authorOffset: (offset: number) => number;
}

export function numberParameters(sql: string): NumberedText {
  const tokens = tokensOf(sql);
  const own = tokens.find(({ kind, text }) => kind === 'word' && /^[$@]/.test(text));
  if (own)
    reject(
      'syntax',
      `${own.text} is not a name. Names that start with ${own.text[0]} go in double quotes; parameters are written as ?.`,
      { place: placeAt(sql, own.start) },
    );
  const marks = tokens.filter(({ kind, text }) => kind === 'symbol' && text === '?').map(({ start }) => start);
  const pieces = [0, ...marks.map((mark) => mark + 1)].map((start, index) => {
    const end = marks[index];
    return end === undefined ? sql.slice(start) : `${sql.slice(start, end)}$${index + 1}`;
  });
  const ends = marks.map((mark, index) => ({
    at: Array.from(sql.slice(0, mark)).length,
    extra: String(index + 1).length,
  }));
  return { sql: pieces.join(''), parameterCount: marks.length, authorOffset: (offset) => backTo(ends, offset) };
}

function backTo(marks: readonly { at: number; extra: number }[], offset: number): number {
  let shift = 0;
  for (const { at, extra } of marks) {
    if (offset > at + shift) shift += Math.min(extra, offset - at - shift);
  }
  return offset - shift;
}
