import { describe, expect, it } from '@jest/globals';
import { suggestionsAt } from './completions';

const catalog = [
  {
    table: 'orders',
    columns: [
      { name: 'order_id', type: 'bigint' },
      { name: 'city', type: 'varchar' },
    ],
  },
  {
    table: 'people',
    columns: [
      { name: 'name', type: 'varchar' },
      { name: 'Full Name', type: 'varchar' },
    ],
  },
];
const words = { functions: ['count'], keywords: ['select'] };

/** The labels at the bar of a text. */
function at(marked: string, kind?: string): string[] {
  const position = marked.indexOf('|');
  const found = suggestionsAt(marked.replace('|', ''), position, catalog, words);
  return (found?.options ?? []).filter((each) => !kind || each.kind === kind).map(({ label }) => label);
}

describe('suggestionsAt', () => {
  it.each([
    ['select | from orders', ['order_id', 'city']],
    ['select | from orders o join people on true', ['order_id', 'city', 'name', 'Full Name']],
    ['select o.| from orders o', ['order_id', 'city']],
    ['select p.na| from orders as o, people as p', ['name', 'Full Name']],
    ['select Orders.| from ORDERS', ['order_id', 'city']],
    ['select 1 from orders; select | from people', ['name', 'Full Name']],
    ['select | from nowhere', []],
  ])('offers the columns for %j', (text, expected) => {
    expect(at(text, 'column')).toEqual(expected);
  });

  it.each(['select * from |', 'select * from or|', 'select * from orders join |', 'select * from "or|'])(
    'offers tables alone for %j',
    (text) => {
      expect(at(text)).toEqual(['orders', 'people']);
    },
  );

  it('offers words of the language besides', () => {
    expect(at('sel|')).toEqual(['orders', 'people', 'count', 'select']);
    expect(at('unknown.|')).toEqual([]);
  });

  it('quotes what must be quoted, and takes the place of a quote that is there', () => {
    const text = 'select "Fu';
    const found = suggestionsAt(`${text} from people`, text.length, catalog, words)!;
    expect(found.from).toBe(text.indexOf('"'));
    expect(found.options.find(({ label }) => label === 'Full Name')!.apply).toBe('"Full Name"');
  });
});
