import { describe, expect, it } from '@jest/globals';
import { markCitations } from './citation-marks';

const marksOf = (text: string, ...numbers: number[]) =>
  markCitations(text, new Set(numbers)).map(({ text: piece, mark }) =>
    mark === undefined ? piece : { [mark]: piece },
  );

describe('markCitations', () => {
  it('finds what refers to a citation', () => {
    expect(marksOf('It is slow [1][2], they say [1].', 1, 2)).toEqual([
      'It is slow ',
      { 1: '[1]' },
      { 2: '[2]' },
      ', they say ',
      { 1: '[1]' },
      '.',
    ]);
  });

  it('leaves everything else as it is', () => {
    expect(marksOf('See [3], [x] and items[1000].', 1)).toEqual(['See [3], [x] and items[1000].']);
    expect(marksOf('', 1)).toEqual([]);
  });
});
