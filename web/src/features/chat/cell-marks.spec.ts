import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { markCells } from './cell-marks';

const cell = (text: string) => ({ text, query_id: 'qry_1', row: 0, column: 'n', value: text });

describe('values of an answer that come from cells', () => {
  it('are found in their order, each once', () => {
    const { pieces, next } = markCells('41 of 41 are open.', [cell('41'), cell('41')], 0);
    expect(pieces).toEqual([
      { text: '41', mark: 0 },
      { text: ' of ' },
      { text: '41', mark: 1 },
      { text: ' are open.' },
    ]);
    expect(next).toBe(2);
  });

  it.each(['1,412 rows', '412 rows', 'v41b', '41.5'])('are not seen in the middle of %s', (text) => {
    expect(markCells(text, [cell('41')], 0).pieces).toEqual([{ text }]);
  });

  it('are seen at the end of a sentence and in brackets', () => {
    expect(markCells('It is 41.', [cell('41')], 0).pieces).toContainEqual({ text: '41', mark: 0 });
    expect(markCells('Lisbon (41)', [cell('41')], 0).pieces).toContainEqual({ text: '41', mark: 0 });
  });

  it('go on in the next piece of text', () => {
    const cells = [cell('sun'), cell('19.9')];
    const { next } = markCells('It is sun', cells, 0);
    expect(markCells('with 19.9.', cells, next).pieces).toContainEqual({ text: '19.9', mark: 1 });
  });

  it('leave the text as it is', () => {
    const property = fc.property(fc.string(), fc.array(fc.string({ maxLength: 3 })), (text, values) => {
      expect(
        markCells(text, values.map(cell), 0)
          .pieces.map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    });
    fc.assert(property);
  });
});
