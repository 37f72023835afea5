import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatCell } from './format-cell.js';
import { markdownTable } from './markdown-table.js';

describe('formatCell', () => {
  it.each([
    ['41', 'bigint', '41'],
    ['2024', 'bigint', '2024'],
    ['1234567', 'bigint', '1,234,567'],
    ['-1234567', 'bigint', '-1,234,567'],
    ['9223372036854775807', 'bigint', '9,223,372,036,854,775,807'],
    ['12345678901234567890.10', 'decimal(38,2)', '12,345,678,901,234,567,890.10'],
    [3696.6896551724139, 'double', '3696.69'],
    [0.1 + 0.2, 'double', '0.3'],
    [1e300, 'double', '1.00000e+300'],
    ['NaN', 'double', 'NaN'],
    ['2024-03-01T00:00:00.000', 'timestamp(3)', '2024-03-01'],
    ['2024-03-01T10:20:30', 'timestamp(3)', '2024-03-01 10:20:30'],
    ['2024-03-01', 'date', '2024-03-01'],
    [true, 'boolean', 'yes'],
    [null, 'bigint', '–'],
    ['São Paulo', 'varchar', 'São Paulo'],
    [['a', 1], 'array(varchar)', '["a",1]'],
  ])('shows %j of type %s as %s', (cell, type, shown) => {
    expect(formatCell(cell, type)).toBe(shown);
  });

  it('leaves numbers that are names as they are', () => {
    expect(formatCell('1234567', 'bigint', 'customer_id')).toBe('1234567');
  });

  it('separates all numbers of a column alike', () => {
    const result = {
      queryId: 'qry_1',
      columns: [
        { name: 'n', type: 'bigint' },
        { name: 'year', type: 'bigint' },
      ],
      rows: [
        ['4574', '2024'],
        ['1237569', '2025'],
      ],
      rowCount: 2,
      truncated: false,
      atLimit: false,
    };
    expect(markdownTable(result)).toBe('| n | year |\n| ---: | ---: |\n| 4,574 | 2024 |\n| 1,237,569 | 2025 |');
  });

  it('loses no digit of whole numbers and decimals', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }), fc.nat({ max: 99 }), (whole, cents) => {
        const decimal = `${whole}.${String(cents).padStart(2, '0')}`;
        expect(formatCell(String(whole), 'bigint').replaceAll(',', '')).toBe(String(whole));
        expect(formatCell(decimal, 'decimal(38,2)').replaceAll(',', '')).toBe(decimal);
      }),
    );
  });
});
