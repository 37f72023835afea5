import { describe, expect, it } from '@jest/globals';
import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import { MemoryValues } from '../../../translator/values/memory-values.js';
import { valueLinks, valueTie } from './value-links.js';

const values = new MemoryValues([
  { table: 'orders', column: 'city', value: 'Lisbon' },
  { table: 'orders', column: 'status', value: 'open' },
  { table: 'orders', column: 'shipping_city', value: 'Lisbon' },
  { table: 'shops', column: 'door', value: 'open' },
  { table: 'shops', column: 'name', value: 'Vila Nova de Gaia' },
]);
const tables = [{ table: 'orders' }, { table: 'shops' }] as unknown as CatalogTable[];
const tieIn = (question: string, of: readonly CatalogTable[] = tables) =>
  valueTie(question, valueLinks(question, values), of);

describe('valueLinks', () => {
  it('finds the longest stored text, whatever its case and punctuation', () => {
    const links = valueLinks('How much did "vila nova de gaia" sell to LISBON?', values);
    expect(links.map(({ written, places }) => [written, places.map(({ value }) => value)])).toEqual([
      ['vila nova de gaia', ['Vila Nova de Gaia']],
      ['LISBON', ['Lisbon', 'Lisbon']],
    ]);
  });

  it('finds nothing in small words and in words that are stored nowhere', () => {
    expect(valueLinks('How many are there of these?', values)).toEqual([]);
  });
});

describe('valueTie', () => {
  it('is there where nothing tells the columns apart', () => {
    expect(tieIn('How much came from Lisbon?')).toEqual({
      written: 'Lisbon',
      options: ['city of orders', 'shipping_city of orders'],
    });
  });

  it('is not there where the question names the column', () => {
    expect(tieIn('How much has the shipping city Lisbon?')).toMatchObject({ written: 'Lisbon' });
    expect(tieIn('Which city of Lisbon?')).toBeUndefined();
  });

  it('is not there for a common word, nor for columns that may not be read', () => {
    expect(tieIn('How many are open?')).toBeUndefined();
    expect(tieIn('How much came from Lisbon?', [])).toBeUndefined();
  });
});
