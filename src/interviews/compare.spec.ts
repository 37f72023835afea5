import { describe, expect, it } from '@jest/globals';
import type { Findings } from './analysis.js';
import { compare } from './compare.js';

const findings = (...themes: string[]) =>
  ({
    patterns: themes.map((theme, index) => ({ pattern_id: `p${index + 1}`, theme, summary: '' })),
    principles: [],
  }) as unknown as Findings;

describe('comparing two analyses', () => {
  it('finds what is alike by its words, each once, and what only one has', () => {
    const one = findings('waiting for the form', 'the letter', 'forms');
    const other = findings('a waiting form', 'neighbours');
    expect(compare(one, other).patterns).toEqual([
      { first: 'p1', second: 'p1', text: 'waiting for the form', likeness: 1 },
      { first: 'p2', second: null, text: 'the letter', likeness: 0 },
      { first: 'p3', second: null, text: 'forms', likeness: 0 },
      { first: null, second: 'p2', text: 'neighbours', likeness: 0 },
    ]);
  });

  it('finds an analysis to be all like itself', () => {
    const same = findings('waiting', 'a letter with a number');
    expect(compare(same, same).patterns.map(({ first, second, likeness }) => [first, second, likeness])).toEqual([
      ['p1', 'p1', 1],
      ['p2', 'p2', 1],
    ]);
  });
});
