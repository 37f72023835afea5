import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnNames, isColumnName, MAX_NAME_LENGTH } from './column-names.js';

describe('columnNames', () => {
  it.each([
    ['Airport Name', 'airport_name'],
    ['adjusted CO2', 'adjusted_co2'],
    ['dirCat', 'dir_cat'],
    ['HTTPStatus', 'http_status'],
    ['Größe (cm)', 'grosse_cm'],
    ['Łódź', 'lodz'],
    ['Growth %', 'growth_percent'],
    ['# of items', 'number_of_items'],
    ['_id', 'id'],
    ['2020', 'column_2020'],
    ['3D model', 'column_3d_model'],
    ['order', 'order_'],
    ['Group', 'group_'],
    ['desc', 'desc_'],
    ['名前', 'column_1'],
    ['город', 'column_1'],
    ['', 'column_1'],
    ['"; DROP TABLE x; --', 'drop_table_x'],
  ])('makes %s into %s', (source, name) => expect(columnNames([source])).toEqual([name]));

  it('numbers names that are used again, past those that are taken', () => {
    expect(columnNames(['a', 'A', 'a_2', 'a', 'select', 'SELECT'])).toEqual([
      'a',
      'a_2',
      'a_2_2',
      'a_3',
      'select_',
      'select_2',
    ]);
  });

  it('is quick for thousands of equal names', () => {
    expect(new Set(columnNames(Array.from({ length: 2_000 }, () => 'x'.repeat(200)))).size).toBe(2_000);
  });

  it('gives safe, unique names, and leaves those as they are', () => {
    const source = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('a', 'A', '_', '1', '2', ' ', 'é'), maxLength: 4 }),
      fc.constantFrom('select', 'select_', 'order', 'column_1', 'a_2', 'x'.repeat(130), `${'x'.repeat(127)}_y`),
    );
    fc.assert(
      fc.property(fc.array(source, { maxLength: 12 }), (sources) => {
        const names = columnNames(sources);
        expect(names).toHaveLength(sources.length);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) {
          expect(name).toMatch(/^[a-z_][a-z0-9_]*$/);
          expect(name.length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
          expect(isColumnName(name)).toBe(true);
        }
        expect(columnNames(names)).toEqual(names);
      }),
      { numRuns: 1000 },
    );
  });
});
