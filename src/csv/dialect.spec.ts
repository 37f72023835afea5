import { describe, expect, it } from '@jest/globals';
import { detectDialect, InvalidDialect, type TextDialect } from './dialect.js';

const DEFAULT: TextDialect = { delimiter: ',', quote: '"', header: true, decimal: '.', newline: '\n', skip_rows: 0 };

function dialectOf(text: string, overrides: Partial<TextDialect> = {}): TextDialect {
  return detectDialect(text, { complete: true, overrides }).dialect;
}

describe('detectDialect', () => {
  const cases: [name: string, text: string, expected: Partial<TextDialect>][] = [
    ['commas', 'id,name\n1,Ann\n2,Bob\n', {}],
    ['semicolons and a decimal comma', 'id;price\n1;1,50\n2;1.234,75\n', { delimiter: ';', decimal: ',' }],
    ['tabs and CRLF', 'id\tname\r\n1\tAnn\r\n2\tBob\r\n', { delimiter: '\t', newline: '\r\n' }],
    ['pipes and CR', 'id|name\r1|Ann\r2|Bob\r', { delimiter: '|', newline: '\r' }],
    ['blanks', 'x y\n1.5 2\n2.5 3\n4.5 6\n', { delimiter: ' ' }],
    ['colons', 'root:x:0:0:root:/root\nbin:x:1:1:bin:/bin\nsys:x:3:3:sys:/dev\n', { delimiter: ':', header: false }],
    ['single quotes', "id,text\n1,'a, b'\n2,'c, d'\n3,'e, f'\n", { quote: "'" }],
    ['apostrophes that are no quotes', "id,text\n1,it's\n2,don't\n", {}],
    ['blanks before quotes', 'id, text\n1, "a, b"\n2, "c, d"\n', {}],
    ['quoted newlines', 'id,text\n1,"a\nb\nc"\n2,"d\ne"\n', {}],
    ['a sep= line', 'sep=;\nid;name\n1;a,b\n', { delimiter: ';', skip_rows: 1 }],
    ['titles before the table', 'Sales 2020\n\nid,name,city\n1,Ann,Rome\n2,Bob,Oslo\n', { skip_rows: 2 }],
    [
      'comments before the table',
      '# made by us, for you, today, again\n# twice\nid,name,city\n1,Ann,Rome\n2,Bob,Oslo\n',
      { skip_rows: 2 },
    ],
    ['no header', '1,Ann,2020-01-01\n2,Bob,2020-01-02\n', { header: false }],
    ['only a header', 'id,name\n', {}],
    ['only values', '1,2,3\n', { header: false }],
    ['text everywhere', 'name,city\nAnn,Rome\nBob,Oslo\n', {}],
    ['one column', 'name\nAnn\nBob\n', {}],
    ['one column of names with blanks', 'full name\nAnn Lee\nBob Ray\n', {}],
    ['one column of times', 'time\n10:00\n11:30\n12:45\n', {}],
    ['one column of timestamps', 'at\n2020-01-01 10:00\n2020-01-02 11:30\n', {}],
    ['decimal commas in quotes', 'id,price\n1,"1,5"\n2,"2,75"\n', { decimal: ',' }],
    ['groups of thousands', 'id,price\n1,"1,500"\n2,"2,750"\n', {}],
    ['nothing', '', {}],
    ['only newlines', '\n\n\n', {}],
  ];

  it.each(cases)('understands %s', (_, text, expected) => {
    expect(dialectOf(text)).toEqual({ ...DEFAULT, ...expected });
  });

  it('says why, part by part', () => {
    const { evidence } = detectDialect('Title\nid;price\n1;1,50\n2;2,75\n', { complete: true });
    expect(evidence).toEqual({
      delimiter: '3 of 4 rows have 2 fields when split at ;',
      quote: 'no quoted field was seen; " is the usual quote',
      header: 'the first row reads like names of the columns below it',
      decimal: 'numbers are written like 1,50',
      newline: 'all lines end with LF',
      skip_rows: 'the first line holds titles, notes or blank lines',
    });
  });

  it('takes what is given and detects the rest under it', () => {
    expect(dialectOf('a;b,c\n1;2,5\n', { delimiter: ',' })).toMatchObject({ delimiter: ',', header: true });
    expect(dialectOf('id,name\n1,Ann\n', { header: false, decimal: ',', newline: '\r' })).toMatchObject({
      header: false,
      decimal: ',',
      newline: '\r',
    });
    expect(dialectOf('x,y\n\nid,name\n1,Ann\n', { skip_rows: 2 })).toMatchObject({ skip_rows: 2, header: true });
    expect(dialectOf('sep=;\nid;name\n1;Ann\n', { delimiter: ',' })).toMatchObject({ delimiter: ',' });
    expect(dialectOf('a,"b\n1,2\n', { quote: '' })).toMatchObject({ delimiter: ',', quote: '' });
  });

  it('judges by whole rows only when the text is cut', () => {
    const text = `${'id,name\n'.padEnd(8)}${'1,"Ann, Lee"\n'.repeat(10)}2,"Bo`;
    expect(detectDialect(text, { complete: false }).dialect).toEqual(DEFAULT);
  });

  it.each([
    { delimiter: '' },
    { delimiter: '||' },
    { delimiter: '\n' },
    { quote: '""' },
    { delimiter: ';', quote: ';' },
    { skip_rows: -1 },
  ])('refuses %p', (overrides) => expect(() => dialectOf('a,b\n', overrides)).toThrow(InvalidDialect));
});
