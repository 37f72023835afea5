import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidRequest } from '../../../platform/errors/common-problems.js';
import { assertDatasetName, suggestName } from './dataset-name.js';

describe('data set names', () => {
  it.each(['orders', '_a', 'o2', 'a'.repeat(128)])('takes %s', (name) => {
    expect(() => assertDatasetName(name)).not.toThrow();
  });

  it.each([
    ['Orders', 'orders'],
    ['2024 sales', 'data_2024_sales'],
    ['select', 'select_'],
    ['../etc/passwd', 'etc_passwd'],
    ['Übersicht (neu)', 'ubersicht_neu'],
  ])('refuses %j and suggests %s', (name, suggestion) => {
    expect(() => assertDatasetName(name)).toThrow(InvalidRequest);
    expect(() => assertDatasetName(name)).toThrow(`${suggestion} would do`);
  });

  it('suggests only what it takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        expect(() => assertDatasetName(suggestName(text))).not.toThrow(),
      ),
    );
  });
});
