import { describe, expect, it } from '@jest/globals';
import { chosenType, columnTypes, formatsFor, typeOf } from './column-types';

describe('types of columns', () => {
  it.each([...columnTypes.map(({ value }) => value).filter((value) => value !== 'decimal'), 'decimal(12,4)'])(
    'reads and writes %s',
    (type) => expect(typeOf(chosenType(type))).toBe(type),
  );

  it('offers formats where the type alone does not say how text becomes a value', () => {
    expect(formatsFor('varchar')).toBeUndefined();
    expect(formatsFor('date')?.usual).toContain('%d/%m/%Y');
    expect(formatsFor(chosenType('decimal(18,2)').base)?.usual).toContain('1.234,50');
  });
});
