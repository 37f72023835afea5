import { describe, expect, it } from '@jest/globals';
import { stem } from '../text/stem.js';
import { stemKey } from '../text/words.js';
import { MemoryValues } from './memory-values.js';

const values = new MemoryValues(
  ['Canada goose', 'Málaga', 'ford torino', 'ford galaxie 500'].map((value) => ({ table: 't', column: 'c', value })),
);
const found = (hits: readonly { value: string }[]) => hits.map(({ value }) => value);

describe('MemoryValues', () => {
  it('finds whole values in any case, number and accent', () => {
    expect(found(values.whole(stemKey('CANADA geese')))).toEqual(['Canada goose']);
    expect(found(values.whole(stemKey('malaga')))).toEqual(['Málaga']);
    expect(values.whole(stemKey('goose'))).toEqual([]);
  });

  it('finds values by some of their words', () => {
    expect(found(values.containing([stem('ford')]))).toEqual(['ford torino', 'ford galaxie 500']);
    expect(found(values.containing([stem('ford'), stem('torino')]))).toEqual(['ford torino']);
    expect(values.containing([stem('honda')])).toEqual([]);
  });

  it('finds words that are spelled nearly like one', () => {
    expect(values.similarWords('torinno')[0]).toBe('torino');
    expect(values.similarWords('xyz')).toEqual([]);
  });
});
