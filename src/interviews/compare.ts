import type { Findings } from './analysis.js';
import { likeness, tellingWords } from './text/likeness.js';

/** Two things that are alike, or one that has no counterpart. */
export interface Compared {
  readonly first: string | null;
  readonly second: string | null;
  readonly text: string;
  readonly likeness: number;
}

interface Item {
  readonly id: string;
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

/** Less alike is not alike. */
const leastLikeness = 0.34;

/** Which patterns and principles two analyses share, by their words: the most alike first, each with one other at most. */
export function compare(one: Findings, other: Findings): { patterns: Compared[]; principles: Compared[] } {
  return {
    patterns: matched(patternsOf(one), patternsOf(other)),
    principles: matched(principlesOf(one), principlesOf(other)),
  };
}

function patternsOf({ patterns }: Findings): Item[] {
  return patterns.map(({ pattern_id, theme, summary }) => item(pattern_id, theme, `${theme} ${summary}`));
}

function principlesOf({ principles }: Findings): Item[] {
  return principles.map(({ principle_id, statement }) => item(principle_id, statement, statement));
}

function item(id: string, text: string, words: string): Item {
  return { id, text, words: tellingWords(words) };
}

function matched(ones: readonly Item[], others: readonly Item[]): Compared[] {
  const pairs = ones
    .flatMap((one) => others.map((other) => ({ one, other, likeness: likeness(one.words, other.words) })))
    .filter((pair) => pair.likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness);
  const taken = new Set<Item>();
  const both: Compared[] = [];
  for (const { one, other, likeness: alike } of pairs) {
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one).add(other);
    both.push({ first: one.id, second: other.id, text: one.text, likeness: Math.round(alike * 100) / 100 });
  }
  const alone = (items: readonly Item[], side: 'first' | 'second'): Compared[] =>
    items
      .filter((each) => !taken.has(each))
      .map(({ id, text }) => ({ first: null, second: null, [side]: id, text, likeness: 0 }));
  return [...both, ...alone(ones, 'first'), ...alone(others, 'second')];
}
