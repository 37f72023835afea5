import { describe, expect, it } from '@jest/globals';
import { canBePie, type ChartChoice, choiceFor, choiceOfSpec, hasRepeats } from './chart-choice';
import { chartData, labelOf, scatterData } from './chart-data';
import { summaryOf } from './chart-summary';

const city = { name: 'city', type: 'varchar' };
const orders = { name: 'orders', type: 'bigint' };
const revenue = { name: 'revenue', type: 'decimal(12,2)' };
const day = { name: 'day', type: 'date' };
const cities = [
  ['Lisbon', '41'],
  ['Porto', '12'],
  ['Faro', '7'],
];

describe('choiceFor', () => {
  it('draws groups as bars', () => {
    expect(choiceFor([city, orders], cities)).toEqual({ type: 'bar', x: 0, y: [1], aggregate: 'none' });
  });

  it('draws what goes over time as lines, one for each group', () => {
    const rows = [
      ['2024-01-01', 'Lisbon', '1'],
      ['2024-01-01', 'Porto', '2'],
      ['2024-01-02', 'Lisbon', '3'],
    ];
    expect(choiceFor([day, city, orders], rows)).toEqual({ type: 'line', x: 0, y: [2], series: 1, aggregate: 'none' });
  });

  it('takes a column that is called year for time', () => {
    const rows = [
      [2023, 5],
      [2024, 7],
    ];
    expect(choiceFor([{ name: 'year', type: 'integer' }, orders], rows)).toMatchObject({ type: 'line', x: 0, y: [1] });
  });

  it('draws two numbers as points', () => {
    const numbers = [
      { name: 'weight', type: 'double' },
      { name: 'length', type: 'double' },
    ];
    const rows = [
      [1, 2],
      [2, 3],
    ];
    expect(choiceFor(numbers, rows)).toEqual({ type: 'scatter', x: 0, y: [1], aggregate: 'none' });
  });

  it('adds up where rows share their place', () => {
    expect(choiceFor([city, orders], [...cities, ['Lisbon', '1']])).toMatchObject({ type: 'bar', aggregate: 'sum' });
  });

  it('leaves out measures that would be a flat line', () => {
    const rows = [
      ['Lisbon', '10', '1000000.00'],
      ['Porto', '20', '900000.00'],
    ];
    expect(choiceFor([city, orders, revenue], rows)).toMatchObject({ y: [1] });
    const close = [
      ['Lisbon', '10', '15.00'],
      ['Porto', '20', '12.00'],
    ];
    expect(choiceFor([city, orders, revenue], close)).toMatchObject({ y: [1, 2] });
  });

  it.each([
    ['a single row', [city, orders], [['Lisbon', '41']]],
    ['no numbers', [city], [['Lisbon'], ['Porto']]],
    ['too many groups', [city, orders], Array.from({ length: 200 }, (_, index) => [`city ${index}`, '1'])],
  ])('draws nothing of %s', (_, columns, rows) => {
    expect(choiceFor(columns, rows)).toBeUndefined();
  });
});

describe('choiceOfSpec', () => {
  it('reads what answers of the chat say', () => {
    const spec = {
      mark: 'line' as const,
      encoding: { x: { field: 'day' }, y: { field: 'orders' }, color: { field: 'city' } },
    };
    expect(choiceOfSpec(spec, [city, day, orders])).toEqual({
      type: 'line',
      x: 1,
      y: [2],
      series: 0,
      aggregate: 'none',
    });
    expect(choiceOfSpec(spec, [city, orders])).toBeUndefined();
  });
});

describe('chartData', () => {
  const bar: ChartChoice = { type: 'bar', x: 0, y: [1], aggregate: 'none' };

  it('keeps the order of the query for groups', () => {
    expect(chartData(bar, [city, orders], cities)).toEqual({
      xName: 'city',
      yName: 'orders',
      categories: ['Lisbon', 'Porto', 'Faro'],
      series: [{ name: 'orders', values: [41, 12, 7] }],
      leftOut: 0,
    });
  });

  it('puts time in order and leaves gaps where a series has no value', () => {
    const rows = [
      ['2024-01-02T00:00:00', 'a', '3'],
      ['2024-01-01T00:00:00', 'b', '1'],
    ];
    const columns = [{ name: 'at', type: 'timestamp' }, city, orders];
    expect(chartData({ type: 'line', x: 0, y: [2], series: 1, aggregate: 'none' }, columns, rows)).toMatchObject({
      categories: ['2024-01-01', '2024-01-02'],
      series: [
        { name: 'a', values: [null, 3] },
        { name: 'b', values: [1, null] },
      ],
    });
  });

  it.each([
    ['sum', 60],
    ['average', 20],
    ['count', 3],
    ['minimum', 10],
    ['maximum', 30],
    ['none', 30],
  ] as const)('%s of rows that share their place is %d', (aggregate, expected) => {
    const rows = [
      ['a', '10'],
      ['a', '20'],
      ['a', '30'],
    ];
    expect(hasRepeats(bar, rows)).toBe(true);
    expect(chartData({ ...bar, aggregate }, [city, orders], rows).series[0]!.values).toEqual([expected]);
  });

  it('says how much does not fit into a readable chart', () => {
    const rows = Array.from({ length: 30 }, (_, index) => ['x', `series ${index}`, '1']);
    const data = chartData({ ...bar, y: [2], series: 1 }, [city, city, orders], rows);
    expect(data.series).toHaveLength(12);
    expect(data.leftOut).toBe(18);
  });

  it('names what has no name', () => {
    expect([labelOf(null), labelOf(''), labelOf('2024-05-31T00:00:00'), labelOf(true)]).toEqual([
      '(none)',
      '(empty)',
      '2024-05-31',
      'true',
    ]);
  });
});

describe('scatterData', () => {
  it('leaves out what is no number', () => {
    const choice: ChartChoice = { type: 'scatter', x: 0, y: [1], aggregate: 'none' };
    const rows = [
      ['1', '2.5'],
      [null, '3'],
      ['NaN', '1'],
    ];
    expect(scatterData(choice, [orders, revenue], rows).series).toEqual([{ name: 'revenue', points: [[1, 2.5]] }]);
  });
});

describe('canBePie', () => {
  it('wants few groups and nothing negative', () => {
    const pie: ChartChoice = { type: 'bar', x: 0, y: [1], aggregate: 'none' };
    expect(canBePie(pie, cities)).toBe(true);
    expect(canBePie(pie, [...cities, ['Nowhere', '-1']])).toBe(false);
    expect(
      canBePie(
        pie,
        Array.from({ length: 8 }, (_, index) => [`city ${index}`, '1']),
      ),
    ).toBe(false);
  });
});

describe('summaryOf', () => {
  it('tells kind, axes and extremes', () => {
    expect(summaryOf({ type: 'bar', x: 0, y: [1], aggregate: 'none' }, [city, orders], cities)).toBe(
      'Bar chart of orders by city: 3 values. Smallest 7 (Faro), greatest 41 (Lisbon).',
    );
  });
});
