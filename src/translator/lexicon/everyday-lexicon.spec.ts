import { describe, expect, it } from '@jest/globals';
import { readTime } from '../text/dates.js';
import { stem } from '../text/stem.js';
import { phrasalVerb } from './phrasal-verbs.js';
import { tradeWords } from './trades.js';
import { everydayMeanings } from './wordnet.js';

const now = new Date('2024-07-01T00:00:00Z');

describe('everyday words', () => {
  it('reads a verb with its particle as one word, also around a pronoun', () => {
    expect(phrasalVerb(['sent', 'back', 'in'])).toEqual({ meaning: 'returned', length: 2 });
    expect(phrasalVerb(['paid', 'us', 'back'])).toEqual({ meaning: 'repaid', length: 3 });
    expect(phrasalVerb(['sent', 'out'])).toBeUndefined();
  });

  it('knows what a trade calls its rows and its people', () => {
    const { rows, people } = tradeWords(new Set(['parking', 'ticket', 'officer'].map(stem)));
    expect(rows).toContain('citation');
    expect(people).toContain('motorists');
    expect(tradeWords(new Set(['ticket'])).rows).toEqual([]);
  });

  it('takes words of WordNet for words of columns', () => {
    expect(everydayMeanings(stem('shortcoming'))).toContain(stem('defect'));
  });

  it('reads half years, past weekends and past seasons', () => {
    const span = (text: string) => readTime(text.split(' '), now);
    expect(span('first half of 2024')).toMatchObject({ from: '2024-01-01', to: '2024-07-01' });
    expect(span('last weekend')).toMatchObject({ from: '2024-06-29', to: '2024-07-01' });
    expect(span('last sunday')).toMatchObject({ from: '2024-06-30', to: '2024-07-01' });
    expect(span('last winter')).toMatchObject({ from: '2023-12-01', to: '2024-03-01' });
  });
});
