import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellText, columnWidths, rowOfLine } from './grid-layout';

describe('columnWidths', () => {
  it('gives room to long texts, within bounds', () => {
    const [narrow, middle, wide] = columnWidths([['id'], ['a'], ['b']], [[1, 'x'.repeat(20), 'y'.repeat(2000)]]);
    expect(narrow).toBeLessThan(middle!);
    expect(middle).toBeLessThan(wide!);
    expect(wide).toBe(340);
  });
});

describe('cellText', () => {
  it('shows what cannot be seen', () => {
    expect(cellText('a\r\nb\tc')).toBe('a⏎b⇥c');
    expect(cellText(null)).toBe('NULL');
    expect(cellText(false)).toBe('false');
  });
});

describe('rowOfLine', () => {
  it('finds the row whose lines hold the one that is meant', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 50 }), fc.nat(500), (starts, line) => {
        const lines = starts.toSorted((a, b) => a - b);
        expect(rowOfLine(lines, line)).toBe(lines.filter((start) => start <= line).length - 1);
      }),
    );
  });
});
