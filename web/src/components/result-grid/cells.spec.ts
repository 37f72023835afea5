import { describe, expect, it } from '@jest/globals';
import { fullText, kindOf, lineText, plainText, tabSeparated } from './cells';

describe('cells', () => {
  it.each([
    ['integer', 'number'],
    ['bigint', 'exact'],
    ['decimal(38,2)', 'exact'],
    ['timestamp(3) with time zone', 'temporal'],
    ['time', 'temporal'],
    ['array(bigint)', 'structure'],
    ['row(a varchar)', 'structure'],
    ['varchar(10)', 'text'],
    ['char(2)', 'text'],
    ['varbinary', 'text'],
  ])('takes %s for %s', (type, kind) => {
    expect(kindOf(type)).toBe(kind);
  });

  it('shows exact numbers digit by digit', () => {
    expect(lineText('9223372036854775807', 'exact')).toBe('9223372036854775807');
    expect(lineText('-0.10', 'exact')).toBe('-0.10');
  });

  it('puts any text on one line, and cuts it only where it is shown', () => {
    expect(lineText('a\r\nb\tc', 'text')).toBe('a⏎b⇥c');
    expect(lineText('x'.repeat(5000), 'text')).toHaveLength(301);
    expect(plainText('x'.repeat(5000))).toHaveLength(5000);
  });

  it('reads dates as people write them', () => {
    expect(lineText('2024-05-31T14:30:00', 'temporal')).toBe('2024-05-31 14:30:00');
  });

  it('indents structures in full view', () => {
    expect(fullText({ a: ['1'] }, 'structure')).toBe('{\n  "a": [\n    "1"\n  ]\n}');
    expect(plainText({ a: ['1'] })).toBe('{"a":["1"]}');
  });

  it('copies what a spreadsheet can paste', () => {
    expect(tabSeparated([['a\tb', null, 'say "hi"', 'two\nlines', 1.5, true]], ['q', 'w', 'e', 'r', 't', 'y'])).toBe(
      'q\tw\te\tr\tt\ty\n"a\tb"\t\t"say ""hi"""\t"two\nlines"\t1.5\ttrue',
    );
  });
});
