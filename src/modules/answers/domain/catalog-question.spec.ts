import { describe, expect, it } from '@jest/globals';
import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import { catalogQuestionOf, sayCatalog } from './catalog-question.js';
import { smallTalkOf } from './small-talk.js';

const table = (name: string, ...columns: string[]): CatalogTable => ({
  table: name,
  rows: 1234,
  bytes: 1,
  object_keys: [],
  data_version: 1,
  updated_at: '',
  columns: columns.map((each) => ({
    name: each,
    type: 'varchar',
    nullable: true,
    top_values: [{ value: '[x](y)', count: 1 }],
  })),
});
const tables = [table('orders', 'city', 'amount'), table('order_items', 'sku')];

describe('catalogQuestionOf', () => {
  it.each([
    'What tables are there?',
    'which tables do you have',
    'List all tables',
    'show me the tables',
    'How many tables are there?',
    'what data do you have',
    'Show datasets',
  ])('takes %j for a question about the tables', (question) => {
    expect(catalogQuestionOf(question, tables)).toEqual({ about: 'tables' });
  });

  it.each([
    ['What columns does orders have?', 'orders'],
    ['which columns are in the table order items', 'order_items'],
    ['Show me the columns of orders', 'orders'],
    ['describe orders', 'orders'],
    ['what is the schema of order_items?', 'order_items'],
  ])('takes %j for a question about the columns of %s', (question, name) => {
    expect(catalogQuestionOf(question, tables)).toEqual({ about: 'columns', table: name });
  });

  it('takes a question about one column', () => {
    expect(catalogQuestionOf('What does the column amount mean?', tables)).toEqual({
      about: 'column',
      table: 'orders',
      column: 'amount',
    });
  });

  it.each([
    'How many orders are there?',
    'list orders',
    'orders by city',
    'what is the total amount',
    'how many tables were sold',
    'describe the weather',
  ])('leaves %j to the data', (question) => {
    expect(catalogQuestionOf(question, tables)).toBeUndefined();
  });

  it('says what there is, and nothing in it is live', () => {
    const said = [{ about: 'tables' } as const, { about: 'columns', table: 'orders' } as const].map((each) =>
      sayCatalog(each, tables),
    );
    expect(said[0]).toMatch(/^There are 2 tables:\n\n- \*\*orders\*\* \(1,234 rows\): city, amount\./);
    expect(said[1]).toMatch(/^\*\*orders\*\* has 2 columns and 1,234 rows:/);
    expect(said.join()).not.toContain('](');
    expect(sayCatalog({ about: 'tables' }, [])).toMatch(/no tables yet/);
  });
});

describe('smallTalkOf', () => {
  it.each([
    ['Hello!', 'greeting'],
    ['good morning', 'greeting'],
    ['Thanks a lot!!', 'thanks'],
    ['ok, thank you', 'thanks'],
    ['bye', 'farewell'],
    ['What can you do?', 'help'],
    ['how many orders?', undefined],
    ['hello kitty sales', undefined],
    ['great britain orders', undefined],
  ])('takes %j for %s', (said, talk) => {
    expect(smallTalkOf(said)).toBe(talk);
  });
});
