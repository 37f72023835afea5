import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, cellCount, type GridSelection, moved, rangeOf } from './selection';

const size = { rows: 100, columns: 5, page: 20 };
const press = (selection: GridSelection, key: string, modifiers: { shift?: boolean; modifier?: boolean } = {}) =>
  moved(selection, { key, shiftKey: modifiers.shift ?? false, modifier: modifiers.modifier ?? false }, size)!;

describe('selection', () => {
  it('moves by arrows, pages and to the edges', () => {
    const start = at({ row: 10, column: 2 });
    expect(press(start, 'ArrowDown').active).toEqual({ row: 11, column: 2 });
    expect(press(start, 'ArrowDown', { modifier: true }).active).toEqual({ row: 99, column: 2 });
    expect(press(start, 'PageDown').active).toEqual({ row: 30, column: 2 });
    expect(press(start, 'PageUp').active).toEqual({ row: 0, column: 2 });
    expect(press(start, 'End').active).toEqual({ row: 10, column: 4 });
    expect(press(start, 'End', { modifier: true }).active).toEqual({ row: 99, column: 4 });
  });

  it('reaches the header above the first row, and selects nothing of it', () => {
    const inHeader = press(at({ row: 0, column: 1 }), 'ArrowUp');
    expect(inHeader.active.row).toBe(-1);
    expect(cellCount(rangeOf(inHeader))).toBe(0);
    expect(press(at({ row: 0, column: 1 }), 'ArrowUp', { shift: true }).active.row).toBe(0);
  });

  it('grows with Shift from where it began', () => {
    const grown = press(press(at({ row: 3, column: 3 }), 'ArrowUp', { shift: true }), 'ArrowLeft', { shift: true });
    expect(rangeOf(grown)).toEqual({ top: 2, bottom: 3, left: 2, right: 3 });
    expect(rangeOf(press(grown, 'Escape'))).toEqual({ top: 2, bottom: 2, left: 2, right: 2 });
    expect(cellCount(rangeOf(press(grown, 'a', { modifier: true })))).toBe(500);
  });

  it('never leaves the grid, whatever is pressed', () => {
    const key = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End');
    const presses = fc.array(fc.record({ key, shiftKey: fc.boolean(), modifier: fc.boolean() }));
    fc.assert(
      fc.property(presses, fc.nat({ max: 3 }), (keys, rows) => {
        let selection = at({ row: rows > 0 ? 0 : -1, column: 0 });
        for (const pressed of keys) selection = moved(selection, pressed, { ...size, rows })!;
        for (const { row, column } of [selection.active, selection.anchor]) {
          expect(row).toBeGreaterThanOrEqual(-1);
          expect(row).toBeLessThan(Math.max(rows, 1));
          expect(column).toBeGreaterThanOrEqual(0);
          expect(column).toBeLessThan(size.columns);
        }
      }),
    );
  });
});
