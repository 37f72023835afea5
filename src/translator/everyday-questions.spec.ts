import { describe, expect, it } from '@jest/globals';
import type { CatalogColumn } from '../providers/catalog/catalog.js';
import { translate, translationContext } from './translate.js';
import { MemoryValues } from './values/memory-values.js';

type Column = Partial<CatalogColumn> & Pick<CatalogColumn, 'name'>;
const ROWS = 800;

/** A catalog of one table of 800 rows. */
function catalog(table: string, columns: readonly Column[]) {
  return translationContext({
    tables: [
      {
        table,
        rows: ROWS,
        columns: columns.map((column) => ({ type: 'bigint', nullable: false, null_fraction: 0, ...column })),
      },
    ],
    values: new MemoryValues(
      columns.flatMap(({ name, top_values: top }) => (top ?? []).map(({ value }) => ({ table, column: name, value }))),
    ),
  });
}

const texts = (name: string, ...values: readonly string[]): Column => ({
  name,
  type: 'varchar',
  distinct: values.length,
  top_values: values.map((value) => ({ value, count: 10 })),
});
const number = (name: string, min: number, max: number): Column => ({
  name,
  distinct: Math.min(ROWS / 2, max - min + 1),
  min: String(min),
  max: String(max),
});
const time = (name: string, from: string, to: string, nullable = false): Column => ({
  name,
  type: 'timestamp',
  distinct: 700,
  min: from,
  max: to,
  ...(nullable ? { nullable, null_fraction: 0.2 } : {}),
});
const id = (name: string): Column => ({ name, distinct: ROWS, min: '1', max: String(ROWS) });

const sawmill = catalog('timber_orders', [
  id('order_id'),
  time('ordered_at', '2022-01-02', '2024-05-01'),
  time('promised_at', '2022-01-09', '2024-06-01'),
  time('delivered_at', '2022-01-05', '2024-06-20', true),
  texts('wood', 'oak', 'pine', 'larch'),
  texts('sawyer', 'Ola', 'Per'),
  texts('buyer', 'Hus AB', 'Stall AB', 'Skola'),
  texts('ordered_via', 'phone', 'website', 'counter'),
  texts('rejection_reason', 'cracked', 'wet'),
  number('planks', 0, 90),
  { name: 'sawn_kg', type: 'double', distinct: 700, min: '4', max: '2100' },
  { name: 'waste_kg', type: 'double', distinct: 300, min: '0', max: '80' },
  { name: 'invoice_total', type: 'double', distinct: 700, min: '0', max: '9000' },
  { name: 'planed', type: 'boolean', distinct: 2 },
]);

const marina = catalog('boat_hires', [
  id('hire_no'),
  time('taken_at', '2022-05-01', '2024-06-20'),
  time('back_at', '2022-05-01', '2024-06-21'),
  texts('boat', 'Canoe 1', 'Canoe 2', 'Canoe 3'),
  texts('area', 'Lake', 'River'),
  number('minutes_out', 10, 300),
  number('hirer_age', 16, 80),
  number('dogs', 0, 3),
  number('delay_minutes', 0, 50),
  { name: 'fuel_ml', type: 'double', distinct: 600, min: '0', max: '9000' },
  { name: 'first_visit', type: 'boolean', distinct: 2 },
]);

function sqlOf(question: string, context = sawmill): string {
  const translation = translate(question, context, { now: new Date('2024-07-01T00:00:00Z') });
  return translation.kind === 'answer' ? translation.sql.replaceAll(/\s+/g, ' ') : translation.kind;
}

describe('what there is most of', () => {
  it.each([
    ['Who orders the most oak?', 'buyer, sum(sawn_kg)'],
    ['Who spends the most?', 'buyer, sum(invoice_total)'],
    ['Which sawyer cuts the most pine?', "sawyer, sum(sawn_kg) AS sum_sawn_kg FROM timber_orders WHERE wood = 'pine'"],
    ['How do most people order?', 'ordered_via, count(*)'],
    ['Which wood wastes the most?', 'wood, sum(waste_kg)'],
  ])('%s', (question, expected) => {
    expect(sqlOf(question)).toContain(expected);
  });

  it('is judged by what is measured: the worst delay is the longest', () => {
    expect(sqlOf('What was the worst delay?', marina)).toContain('max(delay_minutes)');
  });

  it('names the column whose texts share a word', () => {
    expect(sqlOf('Which canoe had the most hires?', marina)).toContain('GROUP BY boat');
  });
});

describe('money and goods', () => {
  it.each([
    ['How much oak did we get in 2023?', "sum(sawn_kg) AS sum_sawn_kg FROM timber_orders WHERE wood = 'oak'"],
    ['What does larch cost on average?', 'avg(invoice_total)'],
    ['How many orders were free?', 'invoice_total = 0'],
    ['How many tonnes of oak did Ola saw?', 'sum(sawn_kg / 1000e0)'],
  ])('%s', (question, expected) => {
    expect(sqlOf(question)).toContain(expected);
  });

  it('are told in the unit that is asked for', () => {
    expect(sqlOf('How many litres of fuel did we use on the river?', marina)).toContain('sum(fuel_ml / 1000e0)');
  });
});

describe('when, and how long', () => {
  it.each([
    ['How many orders did we get after 6pm?', 'hour(ordered_at) IN (18, 19, 20, 21, 22, 23)'],
    ['How many orders were delivered late?', 'delivered_at > promised_at'],
    ['How many orders came later than promised?', 'delivered_at > promised_at'],
    ['What share of orders were on time?', 'delivered_at <= promised_at'],
    ['How many orders have not gone out yet?', 'delivered_at IS NULL'],
    ['How many orders are still waiting to be loaded?', 'delivered_at IS NULL'],
    ['How long do we take to deliver an order?', "avg(date_diff('second', ordered_at, delivered_at) / 3600e0)"],
  ])('%s', (question, expected) => {
    expect(sqlOf(question)).toContain(expected);
  });

  it('limits the only column of times by what lasted longer', () => {
    expect(sqlOf('How many hires lasted more than two hours?', marina)).toContain('minutes_out > 120');
  });
});

describe('who was there, and what was not', () => {
  it.each([
    ['How many hires went out without a dog?', 'dogs = 0'],
    ['How many new customers went on the lake?', "first_visit AND area = 'Lake'"],
    ['How many people were under 30?', 'hirer_age < 30'],
  ])('%s', (question, expected) => {
    expect(sqlOf(question, marina)).toContain(expected);
  });

  it('takes a reason as a sign that it happened', () => {
    const nullable = catalog('timber_orders', [
      id('order_id'),
      { ...texts('rejection_reason', 'cracked', 'wet'), nullable: true, null_fraction: 0.7 },
    ]);
    expect(sqlOf('How many orders were rejected?', nullable)).toContain('rejection_reason IS NOT NULL');
  });

  it('is not answered where a word that limits the rows is not known', () => {
    expect(sqlOf('How many orders had to be done again?')).toBe('decline');
    expect(sqlOf('How many people came more than 5 times?', marina)).not.toContain('hirer_age');
    expect(sqlOf('How many apprentices were on duty?')).toBe('decline');
  });
});
