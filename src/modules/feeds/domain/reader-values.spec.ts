import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '../../../platform/errors/common-problems.js';
import { readerValues } from './reader-values.js';

const definitions = [
  { name: 'region', type: 'string' },
  { name: 'top', type: 'integer' },
] as const;

function faults(fixed: Record<string, unknown>, address: Record<string, unknown>) {
  try {
    readerValues(definitions, fixed, address);
  } catch (error) {
    if (error instanceof InvalidRequest) return error.errors;
    throw error;
  }
  return [];
}

describe('readerValues', () => {
  it('adds the values of the address to those of the feed', () => {
    expect(readerValues(definitions, { region: 'north' }, { top: '5' })).toEqual({ region: 'north', top: 5 });
  });

  it('lets no reader change what the feed fixes', () => {
    expect(faults({ region: 'north' }, { region: 'south' })).toEqual([
      { pointer: '?region', detail: 'is fixed by the feed' },
    ]);
  });

  it('names what is unknown, unfit or given twice', () => {
    expect(faults({ region: 'north' }, { top: 'many', city: 'x' })).toEqual([
      { pointer: '?top', detail: 'must be a whole number between -9007199254740991 and 9007199254740991' },
      { pointer: '?city', detail: 'is not a parameter of this feed; its parameters are top' },
    ]);
    expect(faults({}, { top: ['1', '2'] })).toEqual([{ pointer: '?top', detail: 'must be given once' }]);
  });
});
