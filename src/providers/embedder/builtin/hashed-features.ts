import { type SearchTerm, searchTerms, stopWords } from '../../../platform/text/search-terms.js';

/** How much a word, a pair of neighbouring words and the parts of a word count, and a word that says nothing. */
const weights = { word: 1, pair: 0.4, parts: 1, stopWord: 0.1 } as const;
const partLength = 3;

/**
 * Counts what the text is made of and adds each feature to one of the dimensions, chosen by its hash, which also gives
 * the sign: what falls on the same dimension by chance cancels out as often as it adds up.
 */
export function hashedFeatures(text: string, dimensions: number): Float64Array {
  const features = new Map<string, number>();
  const add = (feature: string, weight: number) => features.set(feature, (features.get(feature) ?? 0) + weight);
  let before: SearchTerm | undefined;
  for (const term of searchTerms(text)) {
    addWord(term.term, add);
    if (before) add(`${before.term} ${term.term}`, weights.pair);
    before = term;
  }
  const vector = new Float64Array(dimensions);
  for (const [feature, weight] of features) {
    const hash = hashOf(feature);
    // A word that comes ten times does not matter ten times as much.
    vector[hash % dimensions]! += (hash >>> 31 === 0 ? 1 : -1) * Math.sqrt(weight);
  }
  // A text without words, or one of which nothing is left.
  if (vector.every((value) => value === 0)) vector[hashOf(text.trim()) % dimensions] = 1;
  return vector;
}

function addWord(term: string, add: (feature: string, weight: number) => void): void {
  if (stopWords.has(term)) return add(term, weights.stopWord);
  add(term, weights.word);
  const whole = `^${term}$`;
  const parts = whole.length - partLength + 1;
  for (let at = 0; at < parts; at += 1) add(`~${whole.slice(at, at + partLength)}`, weights.parts / parts);
}

/** FNV-1a over UTF-16 units, mixed so that every bit depends on every unit. */
function hashOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < feature.length; index += 1) {
    hash = Math.imul(hash ^ feature.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
