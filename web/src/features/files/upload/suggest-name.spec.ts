import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { suggestName } from './suggest-name';

describe('suggestName', () => {
  it.each([
    ['orders.csv', 'orders'],
    ['Orders 2024 (final).csv.gz', 'orders_2024_final'],
    ['Übersicht – Größe.TSV', 'ubersicht_grosse'],
    ['2024-01.csv', 'data_2024_01'],
    ['日本.csv', 'data'],
    ['<img src=x onerror=alert(1)>.csv', 'img_src_x_onerror_alert_1'],
  ])('makes %s to %s', (fileName, name) => expect(suggestName(fileName)).toBe(name));

  it('always makes a name of the form that SQL takes without quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (fileName) => {
        expect(suggestName(fileName)).toMatch(/^[a-z][a-z0-9_]{0,127}$/);
      }),
    );
  });
});
