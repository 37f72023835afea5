import { phrasalVerb } from '../lexicon/phrasal-verbs.js';
import { equivalentsOf } from '../lexicon/equivalents.js';
import { weightOf } from '../lexicon/small-words.js';
import type { Schema } from '../schema/schema.js';
import { stem } from '../text/stem.js';
import { stemKey } from '../text/words.js';
import type { Token } from '../text/tokens.js';
import { wordMatch } from './word-match.js';

const LONGEST = 6;

/** Reads `sent back` as `return`, unless the tables have words of their own for it. */
export function joinPhrasalVerbs(tokens: readonly Token[], schema: Schema): readonly Token[] {
  const { vocabulary } = schema;
  const joined: Token[] = [];
  for (let place = 0; place < tokens.length; place += 1) {
    const token = tokens[place]!;
    const following = tokens.slice(place, place + LONGEST);
    const verb = token.kind === 'word' && place > 0 ? phrasalVerb(following.map(({ lower }) => lower)) : undefined;
    const parts = following.slice(0, verb?.length ?? 0);
    const whole = verb && wholeVerb(parts, verb.meaning);
    const isTold = parts.some(({ lower }) => vocabulary.known.has(lower)) || vocabulary.stems.has(glued(parts));
    if (!whole || isTold || !helps(whole, schema)) joined.push(token);
    else {
      joined.push(whole);
      place += parts.length - 1;
    }
  }
  return joined;
}

function wholeVerb(parts: readonly Token[], meaning: string): Token {
  const text = parts.map((part) => part.text).join(' ');
  return { ...parts[0]!, text, lower: meaning, stem: stem(meaning), end: parts.at(-1)!.end };
}

/** Whether the tables know the word, or the grammar does: else the words stay as they are written. */
function helps(verb: Token, { vocabulary, values, tables }: Schema): boolean {
  const others = [verb.lower, ...equivalentsOf(verb.lower)];
  if (weightOf(verb.lower) === 'free' || others.some((each) => values.whole(stemKey(each)).length > 0)) return true;
  if (tables.some(({ columns }) => columns.some(({ whole }) => whole === verb.stem))) return true;
  return [...vocabulary.index.near(verb)].some((word) => wordMatch(verb, word) > 0);
}

function glued(parts: readonly Token[]): string {
  return stem(parts.map(({ lower }) => lower).join(''));
}
