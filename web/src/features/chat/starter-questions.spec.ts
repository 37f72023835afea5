import { describe, expect, it } from '@jest/globals';
import { starterQuestions } from './starter-questions';

const orders = {
  table: 'web_orders',
  columns: [
    { name: 'order_id', type: 'bigint', distinct: 900 },
    { name: 'city', type: 'varchar', distinct: 12 },
    { name: 'note', type: 'varchar', distinct: 800 },
    { name: 'net_amount', type: 'decimal(10,2)', distinct: 700 },
    { name: 'ordered', type: 'date', distinct: 300 },
  ],
};

describe('questions to begin with', () => {
  it('are about amounts, groups and time, in plain words', () => {
    expect(starterQuestions([orders])).toEqual([
      'Average net amount of web orders by city',
      'Number of web orders by year',
      'Number of web orders by city',
      'How many web orders are there?',
    ]);
  });

  it('take turns between tables', () => {
    const bare = { table: 'notes', columns: [{ name: 'text', type: 'varchar', distinct: 900 }] };
    expect(starterQuestions([orders, bare], 3)).toEqual([
      'Average net amount of web orders by city',
      'How many notes are there?',
      'Number of web orders by year',
    ]);
  });

  it('are none without tables', () => {
    expect(starterQuestions([])).toEqual([]);
  });
});
