import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatTimestamp, type Mark, segments, textBefore } from './segments';

const text = 'I never knew whether the form had been sent. It was terrible.';
const mark = (id: string, start: number, end: number, rank = 0): Mark => ({ id, start, end, rank });
const shown = (marks: readonly Mark[], start = 0, end = text.length) =>
  segments(text, start, end, marks).map((piece) => [piece.text, piece.mark?.id]);

describe('segments', () => {
  it('cuts the text at its marks', () => {
    expect(shown([])).toEqual([[text, undefined]]);
    expect(shown([mark('m1', 2, 12)], 0, 20)).toEqual([
      ['I ', undefined],
      ['never knew', 'm1'],
      [' whether', undefined],
    ]);
  });

  it('shows the mark of the highest rank where several overlap', () => {
    expect(shown([mark('c1', 0, 20), mark('m1', 2, 12, 1)], 0, 24)).toEqual([
      ['I ', 'c1'],
      ['never knew', 'm1'],
      [' whether', 'c1'],
      [' the', undefined],
    ]);
  });

  it('shows a mark that goes beyond the part as far as it is in it', () => {
    expect(shown([mark('m1', 8, 40)], 2, 12)).toEqual([
      ['never ', undefined],
      ['knew', 'm1'],
    ]);
  });

  it('never loses or doubles a character', () => {
    const places = fc.integer({ min: 0, max: text.length });
    const mark = fc
      .record({ id: fc.string(), one: places, other: places, rank: fc.integer({ min: 0, max: 3 }) })
      .map(({ id, one, other, rank }) => ({ id, start: Math.min(one, other), end: Math.max(one, other), rank }));
    fc.assert(
      fc.property(fc.array(mark), places, (given, start) => {
        const pieces = segments(text, start, text.length, given);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text.slice(start));
      }),
    );
  });
});

describe('textBefore', () => {
  it('is what nobody says', () => {
    const interview = '# Oral history\n\nHouston, 2015\n\n---\n\n**Anna:** Yes.\n\n**Bob:** No.';
    const at = (words: string) => ({ start: interview.indexOf(words), end: interview.indexOf(words) + words.length });
    const turns = [
      { ...at('Yes.'), speaker: 'Anna' },
      { ...at('No.'), speaker: 'Bob' },
    ];
    expect(textBefore(interview, turns)).toEqual(['# Oral history\n\nHouston, 2015', '']);
    expect(
      textBefore('One.\n\nTwo.', [
        { start: 0, end: 4 },
        { start: 6, end: 10 },
      ]),
    ).toEqual(['', '']);
  });
});

describe('formatTimestamp', () => {
  it('tells hours only when there are any', () => {
    expect(formatTimestamp(0)).toBe('0:00');
    expect(formatTimestamp(200_214)).toBe('3:20');
    expect(formatTimestamp(4_000_000)).toBe('1:06:40');
  });
});
