import { areSynonyms, isKnownWord } from '../lexicon/thesaurus.js';
import { everydayMeanings } from '../lexicon/wordnet.js';
import { saysLeaving } from '../lexicon/antonyms.js';
import { endNamed } from '../lexicon/ends.js';
import { spelling, spellings } from '../lexicon/spellings.js';
import type { SchemaWord } from '../schema/columns.js';
import type { Token } from '../text/tokens.js';
import { root } from '../text/stem.js';
import { weightOf } from '../lexicon/small-words.js';

/** How surely a word of the question means a word of the schema. */
export const SAME = 1;
const INFLECTED = 0.97;
const SAME_FAMILY = 0.86;
const ABBREVIATED = 0.82;
const SYNONYM = 0.76;
/** A word of WordNet, that may mean something else as well. */
export const EVERYDAY = 0.66;
/** `sib` for `siblings`. */
const CUT = 0.72;

/** Words whose other senses do more harm than good: they match themselves alone. */
const LITERAL = new Set(
  `total sum average mean max maximum min minimum first last most least top number count amount highest lowest high low open
  close issue case line unit when where long old day time date share rate ratio percent percentage in no made best worst part
  order ordered name names title end start leave point points right value values`.split(/\s+/),
);

export function wordMatch(token: Token, word: SchemaWord): number {
  if (token.lower === word.word) return SAME;
  if (spellings(token.lower).includes(spelling(word.word))) return INFLECTED;
  if (weightOf(token.lower) === 'free' || token.kind === 'comma') return 0;
  if (token.stem === word.stem || isShortPlural(token.lower, word.word)) return INFLECTED;
  if (token.kind !== 'word' || token.lower.length < 2) return 0;
  const family = root(token.lower);
  if (family.length >= 4 && family === word.root) return SAME_FAMILY;
  if (saysLeaving(family) && saysLeaving(word.root)) return SAME_FAMILY;
  if (isPrefix(token.lower, word.word)) return ABBREVIATED;
  if (word.word.length === 3 && token.lower.length >= 6 && token.lower.startsWith(word.word) && !isKnownWord(word.word))
    return CUT;
  if (isEnding(token, word.word)) return SYNONYM;
  if (endNamed(token.lower) !== undefined && endNamed(token.lower) === endNamed(word.word)) return SYNONYM;
  if (LITERAL.has(token.lower)) return 0;
  if (areSynonyms(token.stem, word.stem)) return SYNONYM;
  if (!/[eo]rs?$/.test(token.lower) && !isKnownWord(token.lower) && areSynonyms(family, word.root)) return SYNONYM;
  const isEveryday = weightOf(token.lower) === 'content' && everydayMeanings(token.stem)?.has(word.stem);
  return isEveryday ? EVERYDAY : 0;
}

/** `ads`, `tvs`: words too short for the stemmer. */
function isShortPlural(one: string, other: string): boolean {
  return Math.min(one.length, other.length) === 2 && (one === `${other}s` || other === `${one}s`);
}

/** `quakes` for `earthquakes`: a word of its own that nothing else explains. */
function isEnding({ lower, stem }: Token, word: string): boolean {
  if (stem.length < 4 || word.length - lower.length < 3 || isKnownWord(lower)) return false;
  return word.endsWith(lower) || `${word}s`.endsWith(lower) || word.endsWith(`${lower}s`);
}

/** `temp` for `temperature`, either way. */
function isPrefix(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const isCut = short.length >= 4 && long.length - short.length >= 3 && long.startsWith(short);
  return isCut && (short === one || !isKnownWord(short));
}
