import { describe, expect, it } from '@jest/globals';
import type { CatalogColumn } from '../providers/catalog/catalog.js';
import { translate, translationContext } from './translate.js';
import { MemoryValues } from './values/memory-values.js';

type Column = Partial<CatalogColumn> & Pick<CatalogColumn, 'name'>;

/** What is asked of a table of 1,000 rows, as SQL; the kind of translation where it is no answer. */
function ask(question: string, table: string, columns: readonly Column[]): string {
  const context = translationContext({
    tables: [
      {
        table,
        rows: 1000,
        columns: columns.map((column) => ({ type: 'bigint', nullable: false, null_fraction: 0, ...column })),
      },
    ],
    values: new MemoryValues(
      columns.flatMap(({ name, top_values: top }) => (top ?? []).map(({ value }) => ({ table, column: name, value }))),
    ),
  });
  const translation = translate(question, context);
  return translation.kind === 'answer' ? translation.sql.replaceAll(/\s+/g, ' ') : translation.kind;
}

const text = (name: string, ...values: readonly string[]): Column => ({
  name,
  type: 'varchar',
  distinct: values.length,
  top_values: values.map((value) => ({ value, count: 10 })),
});

describe('rows that stand for many things', () => {
  const census = [text('sex', 'female', 'male'), text('region', 'North', 'South'), { name: 'people', distinct: 900 }];

  it('are added up by the column that counts them', () => {
    expect(ask('how many rows are in the North', 'census', census)).toBe(
      "SELECT sum(people) AS sum_people FROM census WHERE region = 'North'",
    );
  });

  it('are counted where the whole table is asked for', () => {
    expect(ask('how many rows are there', 'census', census)).toContain('count(*)');
  });
});

describe('the names of a table', () => {
  const weather = [
    { name: 'date', type: 'date' as const, distinct: 1000 },
    text('weather', 'sun', 'rain', 'snow'),
    { name: 'wind', type: 'double' as const, distinct: 80 },
  ];

  it('mean rows where all words are said, and the column where only its word is', () => {
    expect(ask('How many harbour weather by weather?', 'harbour_weather', weather)).toContain(
      'SELECT weather, count(*) AS number_of_rows FROM harbour_weather GROUP BY weather',
    );
    expect(ask('number of days by weather', 'harbour_weather', weather)).toContain('GROUP BY weather');
  });

  it('are also what happens at the main date, in a noun', () => {
    const deaths = [
      { name: 'death_date', type: 'date' as const, distinct: 900, min: '1990-01-01', max: '1999-12-31' },
      text('city', 'Porto', 'Lisbon'),
    ];
    expect(ask('how many deaths in Porto', 'register', deaths)).toBe(
      "SELECT count(*) AS number_of_rows FROM register WHERE city = 'Porto'",
    );
  });
});

describe('amounts', () => {
  const films = [
    text('genre', 'Drama', 'Comedy'),
    { name: 'budget', distinct: 900 },
    { name: 'runtime', distinct: 90 },
  ];

  it('share the scale that is said once', () => {
    expect(ask('how many films have a budget between 5 and 10 million', 'films', films)).toContain(
      'budget BETWEEN 5000000 AND 10000000',
    );
  });

  it('of time are doubted where the column says no unit', () => {
    expect(ask('films with a runtime over 2 hours', 'films', films)).not.toContain('> 2');
  });
});

describe('codes of states', () => {
  const stores = [{ name: 'id', distinct: 1000 }, text('state', 'Idaho', 'Ohio', 'New York')];

  it('stand for their names, unless a column is called so', () => {
    expect(ask('how many stores in OH', 'stores', stores)).toContain("state = 'Ohio'");
    expect(ask('number of different id', 'stores', stores)).not.toContain('Idaho');
  });
});

describe('other words than those of the columns', () => {
  const visits = [
    { name: 'visit_id', distinct: 1000 },
    { name: 'visited_on', type: 'date' as const, distinct: 300, min: '2022-01-01', max: '2024-06-30' },
    { name: 'left_on', type: 'date' as const, distinct: 90, nullable: true, null_fraction: 0.6 },
    text('place_name', 'Blue Door', 'Old Oak'),
    text('grade', 'A', 'B', 'C'),
    text('cuisine', 'Thai', 'Greek'),
    { name: 'distance_km', type: 'double' as const, distinct: 400 },
    { name: 'temp_max', type: 'double' as const, distinct: 200 },
    { name: 'temp_min', type: 'double' as const, distinct: 200 },
  ];
  const sql = (question: string) => ask(question, 'place_visits', visits);

  it.each([
    ['When was Blue Door last visited?', 'max(visited_on)'],
    ['total kilometres by grade', 'sum(distance_km)'],
    ['average high temperature by cuisine', 'avg(temp_max)'],
    ['number of visits by type of food', 'GROUP BY cuisine'],
    ['how many active visits', 'left_on IS NULL'],
    ['Do Thai visits take longer than Greek visits?', "cuisine IN ('Thai', 'Greek')"],
    ['places with more than 20 visits', 'GROUP BY place_name HAVING count(*) > 20'],
  ])('%s', (question, expected) => {
    expect(sql(question)).toContain(expected);
  });

  it.each(['number of visits by', 'value of visits in Old Oak', 'total hours by grade'])(
    'are not dropped: %s',
    (question) => {
      expect(sql(question)).not.toContain('SELECT');
    },
  );
});
