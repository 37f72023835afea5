import { expect, it } from '@jest/globals';
import { wordsOf } from './words-of';

it('names words as they stand in the quote, and beginnings where they do not', () => {
  const quote = {
    text: 'Refunds of the warehouse: a refunds list',
    highlights: [
      { start: 0, end: 7 },
      { start: 15, end: 24 },
      { start: 28, end: 35 },
    ],
  };
  expect(wordsOf({ quote, why: { words: ['refund', 'warehous', 'stock'] } })).toEqual([
    'Refunds',
    'warehouse',
    'stock…',
  ]);
  expect(wordsOf({ quote: { text: '', highlights: [] }, why: { words: [] } })).toEqual([]);
});
