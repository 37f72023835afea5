import { stem } from '../../translator/text/stem.js';
import { foldText } from './fold-text.js';

/** A word of a text as it is searched for. `start` and `end` count UTF-16 units of the text; `end` is behind it. */
export interface SearchTerm {
  /** Without accents, case and inflection: letters and digits alone. */
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** Scripts that set no spaces between words. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}`;
const pieces = new RegExp(String.raw`[${unspaced}]+|(?:(?![${unspaced}])[\p{Letter}\p{Number}\p{Mark}])+`, 'gu');
const isUnspaced = new RegExp(`^[${unspaced}]`, 'u');
const plain = /^[A-Za-z0-9]+$/;
const longestTerm = 60;

/**
 * The words of a text, in its order. English words lose their inflection (`refunds`, `refunded` → `refund`). Where a
 * script sets no spaces, each pair of neighbouring characters is one: `返金規定` → `返金`, `金規`, `規定`.
 */
export function* searchTerms(text: string): Generator<SearchTerm> {
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (isUnspaced.test(piece)) yield* pairs(piece, index);
    else {
      const folded = folding(piece);
      if (folded !== '') yield { term: stem(folded), start: index, end: index + piece.length };
    }
  }
}

/** Words that say nothing of what a text is about. Of no use in a search, unless there is nothing else. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about all am an and any are as at be been but by can could did do does for from had has have he her him his how i if
  in into is it its me my no nor not of on or our out say said she should so some such tell than that the their them then
  there these they thing this those to up us was we were what when where which while who whom whose why will with would
  you your anyone anybody someone somebody please`
    .split(/\s+/)
    .flatMap((word) => [word, stem(word)]),
);

function* pairs(piece: string, index: number): Generator<SearchTerm> {
  const characters = [...piece];
  let start = index;
  for (const [at, character] of characters.entries()) {
    const next = characters[at + 1];
    if (next === undefined && at > 0) return;
    const end = start + character.length + (next?.length ?? 0);
    const term = folding(character + (next ?? ''));
    if (term !== '') yield { term, start, end };
    start += character.length;
  }
}

/** Folding may bring marks and spaces in (`½` → `1⁄2`), which no term has. */
function folding(piece: string): string {
  if (plain.test(piece)) return piece.toLowerCase().slice(0, longestTerm);
  return foldText(piece)
    .replace(/[^\p{Letter}\p{Number}]/gu, '')
    .slice(0, longestTerm);
}
