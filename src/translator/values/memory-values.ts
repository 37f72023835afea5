import { stem } from '../text/stem.js';
import { stemKey, wordsOf } from '../text/words.js';
import { editDistance } from '../text/spelling.js';
import type { StoredValue, ValueLookup } from '../translation.js';

const MOST_FOUND = 60;
const LONGEST_POSTING = 20_000;

/** Finds stored texts in memory. Made once for each state of the value index. */
export class MemoryValues implements ValueLookup {
  private readonly byKey = new Map<string, StoredValue[]>();
  private readonly byStem = new Map<string, StoredValue[]>();
  private readonly byTrigram = new Map<string, string[]>();

  private readonly words = new Set<string>();

  constructor(values: Iterable<StoredValue> = []) {
    this.add(values);
  }

  /** Adds some: whoever has many of them lets others work in between. */
  add(values: Iterable<StoredValue>): void {
    for (const value of values) {
      append(this.byKey, stemKey(value.value), value);
      const parts = wordsOf(value.value);
      for (const part of parts) this.addWord(part);
      if (parts.length < 2) continue;
      for (const part of new Set(parts.map(stem))) append(this.byStem, part, value);
    }
  }

  whole(key: string): readonly StoredValue[] {
    return this.byKey.get(key) ?? [];
  }

  containing(stems: readonly string[]): readonly StoredValue[] {
    const postings = stems.map((each) => this.byStem.get(each) ?? []).sort((one, other) => one.length - other.length);
    const [shortest = []] = postings;
    if (shortest.length > LONGEST_POSTING) return [];
    const found: StoredValue[] = [];
    for (const value of shortest) {
      const key = ` ${stemKey(value.value)} `;
      if (stems.every((each) => key.includes(` ${each} `)) && found.push(value) >= MOST_FOUND) break;
    }
    return found;
  }

  similarWords(word: string): readonly string[] {
    const shared = new Map<string, number>();
    const grams = trigrams(word);
    for (const gram of grams) {
      for (const other of this.byTrigram.get(gram) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    return [...shared]
      .filter(([other, count]) => count * 3 >= grams.length && Math.abs(other.length - word.length) <= 2)
      .map(([other]) => ({ other, distance: editDistance(word, other) }))
      .sort((one, other) => one.distance - other.distance)
      .map(({ other }) => other);
  }

  private addWord(word: string): void {
    if (this.words.has(word)) return;
    this.words.add(word);
    for (const gram of trigrams(word)) append(this.byTrigram, gram, word);
  }
}

function append<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

function trigrams(word: string): readonly string[] {
  const padded = ` ${word} `;
  return Array.from({ length: padded.length - 2 }, (_, index) => padded.slice(index, index + 3));
}
