import { describe, expect, it } from '@jest/globals';
import { questionsAbout, starterQuestions } from './starter-questions';

const city = {
  name: 'ship_city',
  type: 'varchar',
  nullable: false,
  distinct: 3,
  top_values: [
    { value: 'Lisbon', count: 2 },
    { value: 'Porto', count: 1 },
  ],
};
const amount = { name: 'amount', type: 'decimal(10,2)', nullable: false, distinct: 90 };
const orderedAt = { name: 'ordered_at', type: 'timestamp', nullable: false };
const id = { name: 'order_id', type: 'bigint', nullable: false, distinct: 100 };

describe('starterQuestions', () => {
  it('asks for counts, sums by group and over time', () => {
    expect(starterQuestions('orders', [id, city, amount, orderedAt])).toEqual([
      'How many orders by ship city?',
      'Total amount by ship city in orders',
      'Total amount per month in orders',
      'Average amount in orders',
    ]);
  });

  it('never adds up identifiers', () => {
    expect(starterQuestions('orders', [id])).toEqual(['How many orders?']);
    expect(starterQuestions('orders', [id, orderedAt])).toEqual(['How many orders?', 'How many orders per month?']);
  });

  it('groups by no text of many values', () => {
    expect(starterQuestions('people', [{ ...city, name: 'name', distinct: 5000 }])).toEqual([
      'Number of rows in people',
    ]);
  });
});

describe('questionsAbout', () => {
  const orders = { table: 'orders', columns: [id, city, amount] };

  it('takes turns between tables', () => {
    const notes = { table: 'notes', columns: [{ name: 'text', type: 'varchar', nullable: true, distinct: 900 }] };
    expect(questionsAbout([orders, notes], 3)).toEqual([
      'How many orders by ship city?',
      'How many notes?',
      'Total amount by ship city in orders',
    ]);
  });

  it('has none without tables', () => {
    expect(questionsAbout([])).toEqual([]);
  });
});
