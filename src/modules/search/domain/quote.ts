import { searchTerms } from '../../../platform/text/search-terms.js';

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface QuotedText {
  readonly text: string;
  /** Where it stands in the document's text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The words that were searched for, as ranges of the quote; in order, without overlap. */
  readonly highlights: readonly Range[];
}

const longestQuote = 400;
/** Characters of a quote before the first of its words, for the sense. */
const leadIn = 60;

/** What to show of a passage: all of it, or where most of the words are. */
export function quoteOf(text: string, passage: Range, terms: ReadonlySet<string>): QuotedText {
  const content = text.slice(passage.start, passage.end);
  const found = [...searchTerms(content)].filter(({ term }) => terms.has(term));
  const window = content.length <= longestQuote ? { start: 0, end: content.length } : bestWindow(content, found);
  const highlights = found
    .filter(({ start, end }) => start >= window.start && end <= window.end)
    .map(({ start, end }) => ({ start: start - window.start, end: end - window.start }));
  return {
    text: content.slice(window.start, window.end),
    start: passage.start + window.start,
    end: passage.start + window.end,
    highlights: joined(highlights),
  };
}

/** Where the most different words stand, the earliest of several such places. */
function bestWindow(content: string, found: readonly (Range & { readonly term: string })[]): Range {
  let best = { start: 0, words: 0 };
  for (const [place, { start }] of found.entries()) {
    const from = Math.max(0, start - leadIn);
    const inside = found.slice(place).filter(({ end }) => end <= from + longestQuote);
    const words = new Set(inside.map(({ term }) => term)).size;
    if (words > best.words) best = { start: from, words };
  }
  return betweenWords(content, best.start, Math.min(best.start + longestQuote, content.length));
}

/** Cuts neither words nor characters, where there is white space nearby. */
function betweenWords(content: string, from: number, to: number): Range {
  const spaceAfter = content.slice(from, from + leadIn / 2).search(/\s/);
  const start = from === 0 ? 0 : from + Math.max(0, spaceAfter + 1);
  const spaceBefore = content.slice(to - leadIn / 2, to).search(/\s\S*$/);
  const end = to === content.length || spaceBefore === -1 ? to : to - leadIn / 2 + spaceBefore;
  const isLow = (at: number) => /[\uDC00-\uDFFF]/.test(content[at] ?? '');
  return { start: isLow(start) ? start + 1 : start, end: isLow(end) ? end - 1 : end };
}

/** Words of scripts without spaces overlap. */
function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last && range.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else result.push(range);
  }
  return result;
}
