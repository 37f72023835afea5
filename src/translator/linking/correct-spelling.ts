import { adjectives } from '../lexicon/adjectives.js';
import { phrasesFrom } from '../lexicon/phrases.js';
import { weightOf } from '../lexicon/small-words.js';
import { everydayMeanings } from '../lexicon/wordnet.js';
import { groupsOf } from '../lexicon/thesaurus.js';
import type { Schema } from '../schema/schema.js';
import { joinSplit } from './join-split.js';
import { readTime } from '../text/dates.js';
import { readNumber, readOrdinal } from '../text/numbers.js';
import { isMisspelled } from '../text/spelling.js';
import { root, stem } from '../text/stem.js';
import type { Token } from '../text/tokens.js';
import { unitNamed } from '../text/units.js';

export interface Correction {
  readonly written: string;
  readonly read: string;
}

const FUNCTION_WORDS = `average maximum minimum median number count total percentage different distinct highest lowest
  cheapest biggest largest smallest oldest youngest between before after during without missing sorted customers
  january february march april june july august september october november december`.split(/\s+/);

/** Words of their own that look like a slip of another. */
const REAL = new Set('media cleaner fever biggest carton barter tower later latter latest'.split(' '));

/** Reads words that nothing knows as the nearest word that the tables, their values or the grammar know. */
export function correctSpelling(
  written: readonly Token[],
  schema: Schema,
): { readonly tokens: readonly Token[]; readonly corrections: readonly Correction[] } {
  const corrections: Correction[] = [];
  const { vocabulary } = schema;
  const corrected = joinSplit(written, schema).map((token) => {
    if (isKnown(token, schema, vocabulary.stems)) return token;
    const read = nearest(token.lower, [
      vocabulary.words,
      FUNCTION_WORDS,
      schema.values.similarWords(token.lower).slice(0, 20),
    ]);
    if (read === undefined) return token;
    corrections.push({ written: token.text, read });
    return { ...token, lower: read, stem: stem(read) };
  });
  return { tokens: corrected, corrections };
}

function nearest(word: string, sources: readonly (readonly string[])[]): string | undefined {
  for (const source of sources) {
    const found = source.find((other) => isMisspelled(word, other));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isKnown({ kind, lower, stem: wordStem }: Token, { values }: Schema, stems: ReadonlySet<string>): boolean {
  if (kind !== 'word' || lower.length < 4 || weightOf(lower) !== 'content' || REAL.has(lower)) return true;
  if (
    stems.has(wordStem) ||
    stems.has(root(lower)) ||
    groupsOf(wordStem) ||
    groupsOf(root(lower)) ||
    everydayMeanings(wordStem)
  )
    return true;
  if (phrasesFrom(lower).length > 0 || adjectives(lower).length > 0 || unitNamed(lower)) return true;
  if (readNumber([lower]) || readOrdinal(lower) !== undefined || readTime([lower], new Date(0))) return true;
  return values.whole(wordStem).length > 0 || values.containing([wordStem]).length > 0;
}
