import { describe, expect, it } from '@jest/globals';
import { root, stem } from '../text/stem.js';
import { adjectives } from './adjectives.js';
import { denies, isUndone } from './antonyms.js';
import { equivalentsOf } from './equivalents.js';
import { phrasesFrom } from './phrases.js';
import { refusalOf, weightOf } from './small-words.js';
import { areSynonyms } from './thesaurus.js';

describe('the lexicon', () => {
  it('knows words that are used for one another', () => {
    expect(areSynonyms(stem('salaries'), stem('wage'))).toBe(true);
    expect(areSynonyms(stem('salary'), stem('color'))).toBe(false);
  });

  it('inflects adjectives', () => {
    const form = (word: string) => adjectives(word).map(({ degree, high }) => `${degree} ${high}`);
    expect(form('heaviest')).toEqual(['superlative true']);
    expect(form('bigger')).toEqual(['comparative true']);
    expect(form('cheap')).toEqual(['positive false']);
    expect(form('worst')).toEqual(['superlative false']);
  });

  it('knows what denies a column', () => {
    expect(denies('died', root('survived'))).toBe(true);
    expect(denies('inactive', root('active'))).toBe(true);
    expect(denies('paid', root('paid'))).toBe(false);
    expect(isUndone('unassigned', root('assigned'))).toBe(true);
  });

  it('knows other names of values', () => {
    expect(equivalentsOf('american')).toContain('usa');
    expect(equivalentsOf('in')).toEqual([]);
  });

  it('finds phrases by their first word', () => {
    expect(phrasesFrom('how').map(({ words }) => words.join(' '))).toContain('how many');
    expect(phrasesFrom('constructor')).toEqual([]);
  });

  it('weighs words', () => {
    expect([weightOf('the'), weightOf('recorded'), weightOf('salary')]).toEqual(['free', 'light', 'content']);
  });

  it('refuses what no table answers, and nothing else', () => {
    expect(refusalOf('Should I buy it?')).toMatch(/opinion/);
    expect(refusalOf('list deleted files')).toBeUndefined();
    expect(refusalOf('How many updates were there?')).toBeUndefined();
  });
});
