import { spelling, spellings } from '../lexicon/spellings.js';
import { everydayMeanings } from '../lexicon/wordnet.js';
import { groupsOf } from '../lexicon/thesaurus.js';
import { root } from '../text/stem.js';
import type { Token } from '../text/tokens.js';
import { endNamed } from '../lexicon/ends.js';
import type { SchemaWord } from './columns.js';

const PREFIX = 2;
const ENDING = 4;

/** Finds the words of a catalog that a word of a question may mean, without comparing it with each of them. */
export class WordIndex {
  private readonly byKey = new Map<string, SchemaWord[]>();

  constructor(words: Iterable<SchemaWord>) {
    const different = new Map([...words].map((word) => [word.word, word]));
    for (const word of different.values()) {
      const keys = [`x${spelling(word.word)}`, ...keysOf(word.word, word.stem, word.root)];
      for (const key of new Set(keys)) this.byKey.set(key, [...(this.byKey.get(key) ?? []), word]);
    }
  }

  /** A superset of the words that match. */
  near({ lower, stem }: Token): ReadonlySet<SchemaWord> {
    const keys = [...spellings(lower).map((each) => `x${each}`), ...keysOf(lower, stem, root(lower))];
    return new Set(keys.flatMap((key) => this.byKey.get(key) ?? []));
  }
}

function keysOf(word: string, stem: string, family: string): readonly string[] {
  const groups = [...(groupsOf(stem) ?? []), ...(groupsOf(family) ?? [])];
  const end = endNamed(word);
  const ending = word.replace(/s$/, '').slice(-ENDING);
  return [
    `s${stem}`,
    `r${family}`,
    `p${word.slice(0, PREFIX)}`,
    `e${ending}`,
    ...(end ? [`x${end}`] : []),
    ...groups.map((group) => `g${group}`),
    ...[...(everydayMeanings(stem) ?? [])].map((each) => `s${each}`),
  ];
}
