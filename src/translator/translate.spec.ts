import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shopContext } from '../../test/support/translator-tables.js';
import { rewriteFollowUp, translate } from './translate.js';
import type { Answer } from './translation.js';

const context = shopContext();
const now = new Date('2024-07-15T10:00:00Z');
const ask = (question: string) => translate(question, context, { now });

function answer(question: string): Answer {
  const translation = ask(question);
  if (translation.kind !== 'answer') throw new Error(`${question}: ${JSON.stringify(translation)}`);
  return translation;
}

const sql = (question: string) => answer(question).sql.replaceAll(/\s+/g, ' ');

describe('translate', () => {
  it.each([
    ['How many customers do we have?', 'SELECT count(*) AS number_of_rows FROM customers'],
    [
      'customers from sao paulo, how many?',
      "SELECT count(*) AS number_of_rows FROM customers WHERE city = 'São Paulo'",
    ],
    ['orders by status', 'SELECT status, count(*) AS number_of_rows FROM orders GROUP BY status ORDER BY status'],
    ['average price of toys', "SELECT avg(price) AS avg_price FROM products WHERE category = 'Toys'"],
    ['how many products are discontinued', 'SELECT count(*) AS number_of_rows FROM products WHERE discontinued'],
    ['customers without an email', 'SELECT name FROM customers WHERE email IS NULL'],
    ['number of orders not delivered', "SELECT count(*) AS number_of_rows FROM orders WHERE status <> 'delivered'"],
    [
      'how many products weigh more than 500 g',
      'SELECT count(*) AS number_of_rows FROM products WHERE weight_kg > 0.5',
    ],
    ['the 3 cheapest products', 'SELECT name, price FROM products ORDER BY price NULLS LAST LIMIT 3'],
  ])('%s', (question, expected) => {
    expect(sql(question)).toBe(expected);
  });

  it('limits times by the column that the words speak of', () => {
    expect(sql('how many orders were shipped in March 2024')).toContain(
      "shipped_date >= DATE '2024-03-01' AND shipped_date < DATE '2024-04-01'",
    );
    expect(sql('how many orders last month')).toContain("order_date >= DATE '2024-06-01'");
  });

  it('joins over keys that names and ranges show', () => {
    expect(sql('total order amount by city')).toBe(
      'SELECT customers.city, sum(orders.amount) AS sum_amount FROM orders JOIN customers ON orders.customer_id = customers.customer_id GROUP BY customers.city ORDER BY customers.city',
    );
    expect(sql('customers with more than 10 orders')).toContain('HAVING count(*) > 10');
    expect(sql('customers without orders')).toContain(
      'customer_id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL)',
    );
  });

  it.each([
    ['number of orders and total amount by status', 'count(*) AS number_of_rows, sum(amount) AS sum_amount'],
    ['number of orders and amount by status', 'count(*) AS number_of_rows, sum(amount) AS sum_amount'],
    ['lowest and highest price per category', 'min(price) AS min_price, max(price) AS max_price'],
    ['average price, weight and length by category', 'avg(price) AS avg_price, avg(weight_kg) AS avg_weight_kg, avg('],
    ['number of orders and customers', 'count(*) AS number_of_rows, count(DISTINCT customer_id)'],
    ['count and total amount by status', 'count(*) AS number_of_rows, sum(amount) AS sum_amount'],
  ])('answers both measures: %s', (question, measures) => {
    expect(sql(question)).toContain(measures);
  });

  it('takes the first rows of each group', () => {
    expect(sql('top 2 cities in each status by amount')).toBe(
      'SELECT status, city, sum_amount FROM ( SELECT orders.status, customers.city, sum(orders.amount) AS sum_amount, row_number() OVER (PARTITION BY orders.status ORDER BY sum(orders.amount) DESC NULLS LAST) AS place_in_group FROM orders JOIN customers ON orders.customer_id = customers.customer_id GROUP BY orders.status, customers.city ) AS ranked WHERE place_in_group <= 2 ORDER BY status, place_in_group',
    );
  });

  it('compares amounts of groups where groups are asked for, and of rows where rows are', () => {
    expect(sql('which cities have more than 5000 amount')).toContain('HAVING sum(orders.amount) > 5000');
    expect(sql('orders with an amount over 500')).toContain('WHERE amount > 500');
  });

  it('finds nothing missing in a column that is always filled', () => {
    expect(sql('how many orders without status')).toBe(
      'SELECT count(*) AS number_of_rows FROM orders WHERE status IS NULL',
    );
  });

  it('states what it took for granted and how sure it is', () => {
    const { assumptions, confidence, understood, coverage } = answer('how many custmers in Porto');
    expect(understood).toBe('number of customers where city is Porto');
    expect(assumptions).toEqual(['I read "custmers" as "customers".']);
    expect(confidence).toBeGreaterThan(0.8);
    expect(coverage).toEqual({ used: ['custmers', 'Porto'], unused: [] });
  });

  it('asks when two columns are meant as likely', () => {
    expect(ask('price or weight or length above 5').kind).not.toBe('answer');
    expect(ask('weight and length by category')).toMatchObject({ kind: 'clarify' });
  });

  it('offers options that are understood without asking again', () => {
    const torn = ask('weight by category');
    if (torn.kind !== 'clarify') throw new Error(JSON.stringify(torn));
    expect(torn.options.length).toBeGreaterThan(1);
    for (const { question } of torn.options) expect(ask(question).kind).toBe('answer');
  });

  it.each([
    ['Why do customers cancel?', 'not why'],
    ['delete all orders', 'only read'],
    ['What will sales be next year?', 'not what will be'],
    ['Which supplier delivers fastest?', '"supplier"'],
    ['asdf qwer', '"asdf"'],
  ])('declines: %s', (question, reason) => {
    const translation = ask(question);
    expect(translation).toMatchObject({ kind: 'decline', reason: expect.stringContaining(reason) as unknown });
  });

  it.each([
    'the highest and the average price',
    'hottest customer',
    'warmest order',
    'coldest orders',
    'fastest order in 2023',
    'average price and highest weight by status',
    'How many orders by status and which has the highest amount?',
  ])('does not answer a part of: %s', (question) => expect(ask(question).kind).not.toBe('answer'));

  it('understands its own words: the plan of an answer, said in words, gives the same SQL', () => {
    for (const question of [
      'How many customers live in Porto?',
      'average price by category',
      'number of orders per month in 2023',
      'total amount of cancelled orders',
    ]) {
      const { understood, sql: first } = answer(question);
      expect(sql(understood)).toBe(first.replaceAll(/\s+/g, ' '));
    }
  });

  it('never throws, whatever is asked', () => {
    const words = fc.constantFrom(
      ...'how many average the of by per in not orders customers price 5 2023 or and between most top cheapest Porto status march last month share without % " , ? ('.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 12 }), (parts) => {
        const translation = ask(parts.join(' '));
        expect(['answer', 'clarify', 'decline']).toContain(translation.kind);
      }),
      { numRuns: 200 },
    );
  });
});

describe('rewriteFollowUp', () => {
  const { plan } = answer('total amount of orders in 2022');
  const follow = (question: string) => rewriteFollowUp(question, plan, context, { now })?.understood;

  it.each([
    ['and in 2023?', 'total amount where order date in 2023'],
    ['only delivered ones', 'total amount where order date in 2022 and status is delivered'],
    ['by month instead', 'total amount where order date in 2022 by month of order date'],
    ['what about the average?', 'average amount where order date in 2022'],
    ['and in Porto?', 'total amount where order date in 2022 and city is Porto'],
  ])('%s', (question, understood) => {
    expect(follow(question)).toBe(understood);
  });

  const { plan: byStatus } = answer('total amount by status');
  const after = (question: string) => rewriteFollowUp(question, byStatus, context, { now })?.understood;

  it.each([
    ['Which status had the most?', 'total amount by status sorted by total amount from highest to lowest first 1'],
    ['show the two lowest', 'total amount by status sorted by total amount from lowest to highest first 2'],
    ['break it down by city as well', 'total amount by status and city'],
    ['sort it from highest to lowest', 'total amount by status sorted by total amount from highest to lowest'],
    ['How many of those were in Porto?', 'total amount where city is Porto by status'],
  ])('leans on what was shown: %s', (question, understood) => {
    expect(after(question)).toBe(understood);
  });

  it('moves the time of the question before', () => {
    expect(rewriteFollowUp('and the year before?', plan, context, { now })?.sql).toContain(
      "order_date >= DATE '2021-01-01'",
    );
    expect(after('and the year before?')).toBeUndefined();
  });

  it('leaves questions of their own alone', () => {
    expect(follow('How many customers are there in Porto?')).toBeUndefined();
    expect(follow('and the weather?')).toBeUndefined();
  });

  it('joins what the change needs', () => {
    expect(rewriteFollowUp('by city', plan, context, { now })?.sql).toContain('JOIN customers');
  });
});
