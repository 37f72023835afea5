import { describe, expect, it } from '@jest/globals';
import { markedPieces, rangeNamed, sectionsOf } from './marked-text';

describe('markedPieces', () => {
  it('cuts a text at its ranges', () => {
    const pieces = markedPieces('The refund takes long', [
      { start: 4, end: 10 },
      { start: 17, end: 99 },
    ]);
    expect(pieces).toEqual([
      { text: 'The ', isMarked: false },
      { text: 'refund', isMarked: true },
      { text: ' takes ', isMarked: false },
      { text: 'long', isMarked: true },
    ]);
  });

  it('keeps to a section', () => {
    const text = 'first. second.';
    expect(markedPieces(text, [{ start: 0, end: 9 }], 7, 14)).toEqual([
      { text: 'se', isMarked: true },
      { text: 'cond.', isMarked: false },
    ]);
    expect(markedPieces(text, [{ start: 0, end: 3 }], 7, 14)).toEqual([{ text: 'second.', isMarked: false }]);
    expect(markedPieces('', [])).toEqual([]);
  });
});

describe('sectionsOf', () => {
  it('gives each their words', () => {
    const text = '\nWhy?\n\nBecause.\n\nI see. The end.';
    const parts = [
      { start: 7, end: 15, author: 'Grace' },
      { start: 17, end: 23, author: 'Ada' },
    ];
    expect(
      sectionsOf(text, parts).map(({ start, end, part }) => [text.slice(start, end).trim(), part?.author]),
    ).toEqual([
      ['Why?', undefined],
      ['Because.', 'Grace'],
      ['I see.', 'Ada'],
      ['The end.', undefined],
    ]);
    expect(sectionsOf('All of it', [])).toEqual([{ start: 0, end: 9 }]);
  });
});

describe('rangeNamed', () => {
  const range = (place: string, text: string, words = '') => rangeNamed({ place, words }, text);

  it('takes places in the text alone', () => {
    expect(range('2-4', 'abcdef')).toEqual({ start: 2, end: 4 });
    expect(range('2-40', 'abcdef')).toEqual({ start: 2, end: 6 });
    for (const name of ['', '4-2', '9-10', 'a-b', '-1-3', '1-2-3']) expect(range(name, 'abcdef')).toBeUndefined();
  });

  it('takes the place where the words stand that were quoted, wherever that is by now', () => {
    const text = 'Well. A refund (see *below*)\ntakes  long.';
    expect(range('6-41', text, 'A refund (see *below*) takes lo…')).toEqual({ start: 6, end: 41 });
    expect(range('0-5', text, '(see *below*) takes')).toEqual({ start: 15, end: 34 });
    expect(range('0-5', text, 'It takes short.')).toBeUndefined();
    expect(range('', text, 'A refund')).toEqual({ start: 6, end: 14 });
  });
});
