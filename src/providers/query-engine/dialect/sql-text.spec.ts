import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editDistance, nearest, suggest } from './nearest.js';
import { placeAt, placeOfCharacter, placeOfName, quoteName, quoteText, tokensOf } from './sql-text.js';

describe('tokensOf', () => {
  it('tells words, names, texts, numbers and signs, and leaves out comments', () => {
    const tokens = tokensOf(`SELECT "a""b", 'it''s' /* x */ -- y\n, 1.5e3, größe`);
    expect(tokens.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'word SELECT',
      'quoted a"b',
      'symbol ,',
      `string 'it''s'`,
      'symbol ,',
      'number 1.5e3',
      'symbol ,',
      'word größe',
    ]);
  });

  it('finds the text at its offsets, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (sql) => {
        for (const { kind, text, start } of tokensOf(sql))
          if (kind !== 'quoted') expect(sql.startsWith(text, start)).toBe(true);
      }),
    );
  });
});

describe('places', () => {
  it('count lines and characters from 1', () => {
    expect(placeAt('ab\n😀c', 5)).toEqual({ line: 2, column: 2 });
    expect(placeOfCharacter('ab\n😀c', 4)).toEqual({ line: 2, column: 2 });
    expect(placeOfName(`SELECT 'id', "ID"`, 'id')).toEqual({ line: 1, column: 14 });
    expect(placeOfName('SELECT 1', 'id')).toBeUndefined();
  });
});

describe('quotes', () => {
  it('are doubled inside, so that nothing gets out', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(tokensOf(quoteText(text))).toEqual([{ kind: 'string', text: quoteText(text), start: 0 }]);
        expect(tokensOf(quoteName(text))).toEqual([{ kind: 'quoted', text, start: 0 }]);
      }),
    );
  });
});

describe('nearest', () => {
  it('finds misspelt, shortened and swapped names, the nearest first', () => {
    expect(nearest('custmer', ['order', 'customer', 'customers'])).toEqual(['customer', 'customers']);
    expect(nearest('amuont', ['amount', 'account'])).toEqual(['amount']);
    expect(nearest('date', ['order_date', 'name'])).toEqual(['order_date']);
    expect(nearest('x', ['y'])).toEqual([]);
  });

  it('measures a distance', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it('lists what there is when nothing is near', () => {
    expect(suggest('zzz', ['a', 'b'], 'columns')).toBe('The columns are: a, b.');
    expect(suggest('zzz', [], 'columns')).toBeUndefined();
  });
});
