import { stem } from '../text/stem.js';
import { WORDNET_WORDS } from './wordnet-words.js';

const columnWords = new Map<string, Set<string>>();
for (const entry of WORDNET_WORDS.trim().split(/[;\n]/)) {
  const [word = '', ...others] = entry.split(' ');
  for (const other of others.map(stem)) columnWords.set(other, (columnWords.get(other) ?? new Set()).add(stem(word)));
}

/** Stems of the words of columns that an everyday word may mean, by its stem. Less sure than the thesaurus. */
export function everydayMeanings(wordStem: string): ReadonlySet<string> | undefined {
  return columnWords.get(wordStem);
}
