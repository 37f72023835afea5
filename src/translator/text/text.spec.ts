import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readTime } from './dates.js';
import { readNumber, readOrdinal } from './numbers.js';
import { editDistance, isMisspelled } from './spelling.js';
import { root, stem } from './stem.js';
import { tokenise } from './tokens.js';
import { convertUnit, unitNamed } from './units.js';
import { stemKey, wordsOf } from './words.js';

const now = new Date('2024-07-15T10:00:00Z');
const time = (words: string) => readTime(words.split(' '), now);

describe('stem', () => {
  it.each([
    ['cities', 'city'],
    ['hired', 'hires'],
    ['geese', 'goose'],
    ['cancelled', 'canceled'],
    ['remotely', 'remote'],
    ['colour', 'color'],
  ])('%s and %s are one word', (one, other) => {
    expect(stem(one)).toBe(stem(other));
  });

  it('keeps different words apart', () => {
    expect(stem('species')).not.toBe(stem('special'));
    expect(stem('class')).not.toBe(stem('clay'));
  });

  it('finds the family of a word', () => {
    expect(root('director')).toBe(root('directed'));
    expect(root('survival')).toBe(root('survived'));
    expect(root('resolution')).toBe(root('resolve'));
  });

  it('leaves nothing empty', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,20}$/), (word) => stem(word).length > 0 && root(word).length > 0),
    );
  });
});

describe('tokenise', () => {
  const kinds = (question: string) => tokenise(question).map(({ kind, lower }) => `${kind}:${lower}`);

  it('parts words, numbers, dates and quoted texts', () => {
    expect(kinds(`3-cylinder "São Paulo" 4,000 2013-02-09 100k`)).toEqual([
      'number:3',
      'word:cylinder',
      'quoted:sao paulo',
      'number:4000',
      'date:2013-02-09',
      'number:100',
      'word:k',
    ]);
  });

  it('writes contractions out', () => {
    expect(kinds(`who isn't, what's`).join(' ')).toContain('word:not');
  });
});

describe('readNumber', () => {
  it.each([
    [['4000'], 4000, 1],
    [['100', 'k'], 100_000, 2],
    [['2', 'million'], 2_000_000, 2],
    [['twenty', 'five'], 25, 2],
    [['a', 'dozen', 'eggs'], 12, 2],
    [['1.5', 'billion'], 1_500_000_000, 2],
  ])('%j', (words, value, length) => {
    expect(readNumber(words)).toEqual({ value, length });
  });

  it('knows ordinals', () => {
    expect([readOrdinal('second'), readOrdinal('3rd'), readOrdinal('many')]).toEqual([2, 3, undefined]);
  });
});

describe('readTime', () => {
  it.each([
    ['2023', '2023-01-01', '2024-01-01'],
    ['march 2024', '2024-03-01', '2024-04-01'],
    ['5 march 2024', '2024-03-05', '2024-03-06'],
    ['december 31 , 2023', '2023-12-31', '2024-01-01'],
    ['q2 2023', '2023-04-01', '2023-07-01'],
    ['last quarter of 2023', '2023-10-01', '2024-01-01'],
    ['1990 s', '1990-01-01', '2000-01-01'],
    ['last month', '2024-06-01', '2024-07-01'],
    ['this year', '2024-01-01', '2025-01-01'],
    ['last 30 days', '2024-06-15', '2024-07-16'],
    ['yesterday', '2024-07-14', '2024-07-15'],
  ])('%s', (words, from, to) => {
    expect(time(words)).toMatchObject({ kind: 'span', from, to });
  });

  it('knows months and weekdays of any year', () => {
    expect(time('march')).toMatchObject({ kind: 'part', part: 'month', values: [3] });
    expect(time('mondays')).toMatchObject({ kind: 'part', part: 'weekday', values: [1] });
    expect(time('weekends')).toMatchObject({ values: [6, 7] });
  });

  it('takes nothing else for a time', () => {
    expect(time('500')).toBeUndefined();
    expect(time('status')).toBeUndefined();
  });
});

describe('spelling', () => {
  it('counts slips of the pen', () => {
    expect(editDistance('avrage', 'average')).toBe(1);
    expect(editDistance('teh', 'the')).toBe(1);
    expect(isMisspelled('avrage', 'average')).toBe(true);
    expect(isMisspelled('cat', 'car')).toBe(false);
  });

  it('is a distance', () => {
    const word = fc.stringMatching(/^[a-d]{0,6}$/);
    fc.assert(fc.property(word, word, (one, other) => editDistance(one, other) === editDistance(other, one)));
    fc.assert(fc.property(word, (one) => editDistance(one, one) === 0));
  });
});

describe('units', () => {
  it('converts within a kind', () => {
    expect(convertUnit(5, 'kg', 'g')).toBe(5000);
    expect(convertUnit(2, 'hours', 'min')).toBe(120);
    expect(convertUnit(5, 'kg', 'cm')).toBe(5);
    expect(convertUnit(5, undefined, 'cm')).toBe(5);
    expect(unitNamed('status')).toBeUndefined();
  });
});

describe('words', () => {
  it('drops punctuation, accents and endings', () => {
    expect(wordsOf('Take-off  Café')).toEqual(['take', 'off', 'cafe']);
    expect(stemKey('Canada geese')).toBe(stemKey('canada goose'));
  });
});
