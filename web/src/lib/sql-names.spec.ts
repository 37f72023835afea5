import { describe, expect, it } from '@jest/globals';
import { selectAll, sqlName } from './sql-names';

describe('sqlName', () => {
  it('quotes what SQL would misread', () => {
    expect(sqlName('orders')).toBe('orders');
    expect(sqlName('order')).toBe('"order"');
    expect(sqlName('Größe')).toBe('"Größe"');
    expect(sqlName('a"b')).toBe('"a""b"');
    expect(selectAll('first', 20)).toBe('SELECT *\nFROM "first"\nLIMIT 20');
  });
});
