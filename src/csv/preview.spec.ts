import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { Problem } from '../platform/errors/problem.js';
import type { ContractColumn } from './contract.js';
import { InvalidDialect } from './dialect.js';
import { UnknownEncoding } from './encoding.js';
import { displayRows, previewCsv, type Preview, type PreviewOptions } from './preview.js';
import { TooManyColumns } from './records.js';
import { WarningList } from './warnings.js';

function preview(content: string | Uint8Array, options: Partial<PreviewOptions> = {}): Preview {
  return previewCsv(typeof content === 'string' ? Buffer.from(content) : content, { complete: true, ...options });
}

function codes({ warnings }: Preview): string[] {
  return [...new Set(warnings.map(({ code }) => code))];
}

function types({ columns }: Preview): string[] {
  return columns.map(({ type }) => type);
}

describe('previewCsv', () => {
  it('shows typed values: integers and decimals as strings, dates as ISO, NULL as null', () => {
    const shown = preview(
      'id,price,when,ok,note,big\n1,1.50,13/01/2020,yes, a ,12345678901234567890123\n2,,14/01/2020,no,,1\n',
    );
    expect(shown).toMatchObject({ row_count: 2, truncated: false, warnings: [] });
    expect(types(shown)).toEqual(['bigint', 'decimal(18,2)', 'date', 'boolean', 'varchar', 'varchar']);
    expect(shown.rows).toEqual([
      ['1', '1.50', '2020-01-13', true, ' a ', '12345678901234567890123'],
      ['2', null, '2020-01-14', false, null, '1'],
    ]);
    expect(shown.columns[1]).toEqual({
      name: 'price',
      source_name: 'price',
      type: 'decimal(18,2)',
      nullable: true,
      evidence: '1 of 1 values are numbers with 2 digits after the decimal mark',
    });
  });

  const table = 'Név;Város;Ár\r\nÁrvíztűrő;Győr;1,50\r\nTükörfúrógép;Pécs;2,75\r\n';
  it.each([
    ['utf-8', Buffer.from(`\uFEFF${table}`)],
    ['utf-16le', Buffer.from(`\uFEFF${table}`, 'utf16le')],
    ['utf-16be', iconv.encode(table, 'utf-16be', { addBOM: true })],
    ['utf-16le', Buffer.from(table, 'utf16le')],
    ['utf-16be', iconv.encode(table, 'utf-16be')],
  ])('R24: reads %s', (encoding, bytes) => {
    const shown = preview(bytes);
    expect(shown.dialect).toEqual({
      encoding,
      delimiter: ';',
      quote: '"',
      header: true,
      decimal: ',',
      newline: '\r\n',
      compression: 'none',
      skip_rows: 0,
    });
    expect(shown.columns.map(({ name }) => name)).toEqual(['nev', 'varos', 'ar']);
    expect(shown.rows).toEqual([
      ['Árvíztűrő', 'Győr', '1.50'],
      ['Tükörfúrógép', 'Pécs', '2.75'],
    ]);
    expect(shown.warnings).toEqual([]);
  });

  it.each([
    ['windows-1252', 'naam,plaats\nJürgen,Köln\nZoë,Liège\nRené,Orléans\n'],
    ['windows-1251', 'имя,город\nИван Петрович,Москва\nМария Сергеевна,Санкт-Петербург\n'],
    ['shift_jis', '名前,都市\n山田太郎,東京都\n鈴木花子,大阪府\nさとう,きょうと\n'],
  ])('R24: reads %s', (encoding, text) => {
    const shown = preview(iconv.encode(text, encoding));
    const expected = text
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(shown.dialect.encoding).toBe(encoding);
    expect([shown.columns.map(({ source_name }) => source_name), ...shown.rows]).toEqual(expected);
  });

  it('reads under the encoding that is given, and refuses one that does not exist', () => {
    expect(preview(iconv.encode('a\nї\n', 'koi8-u'), { overrides: { encoding: 'KOI8-U' } }).rows).toEqual([['ї']]);
    expect(() => preview('a,b\n', { overrides: { encoding: 'klingon' } })).toThrow(UnknownEncoding);
    expect(() => preview('a,b\n', { overrides: { delimiter: 'ab' } })).toThrow(InvalidDialect);
  });

  it('says where bytes cannot be decoded', () => {
    const shown = preview(Buffer.concat([Buffer.from('a,b\n1,é'), Buffer.from([0xff]), Buffer.from('x\n')]), {
      overrides: { encoding: 'utf-8' },
    });
    expect(shown.warnings).toMatchObject([{ code: 'undecodable_bytes', line: 2, column: 4 }]);
  });

  it('leaves out titles and a sep= line, and says so', () => {
    const titled = preview('Sales of 2020\n\nid,name,city\n1,Ann,Rome\n2,Bob,Oslo\n');
    expect(titled.dialect).toMatchObject({ skip_rows: 2, header: true });
    expect(titled.rows).toEqual([
      ['1', 'Ann', 'Rome'],
      ['2', 'Bob', 'Oslo'],
    ]);
    expect(titled.warnings).toMatchObject([{ code: 'preamble_skipped', line: 1 }]);
    const announced = preview('sep=;\nid;name\n1;a,b\n');
    expect(announced.dialect).toMatchObject({ skip_rows: 1, delimiter: ';' });
    expect(announced.rows).toEqual([['1', 'a,b']]);
  });

  it('names columns without a header', () => {
    const shown = preview('1,Ann,2020-01-01\n2,Bob,2020-01-02\n');
    expect(shown.columns.map(({ name, source_name }) => [name, source_name])).toEqual([
      ['column1', 'column1'],
      ['column2', 'column2'],
      ['column3', 'column3'],
    ]);
    expect(shown.row_count).toBe(2);
    expect(codes(shown)).toEqual(['no_header']);
    expect(
      preview('1,2\n3,4\n', { overrides: { header: true } }).columns.map(({ source_name }) => source_name),
    ).toEqual(['1', '2']);
  });

  it('names columns whose header is missing or used twice, and says so', () => {
    const shown = preview('id,,Name,name,Name\n1,2,a,b,c\n');
    expect(shown.columns.map(({ name, source_name }) => [name, source_name])).toEqual([
      ['id', 'id'],
      ['column2', 'column2'],
      ['name', 'Name'],
      ['name_2', 'name'],
      ['name_3', 'Name'],
    ]);
    expect(shown.warnings).toMatchObject([
      { code: 'empty_header', line: 1, field: 1, detail: 'Column 2 has no name in line 1; it is called column2.' },
      {
        code: 'duplicate_header',
        line: 1,
        field: 4,
        detail: 'Columns 3 and 5 are both named "Name"; the second is queried as name_3.',
      },
    ]);
  });

  it('R25: pads short rows, reports long ones, each with its line', () => {
    const shown = preview('a,b,c\n1,2,3\n4,5\n"6\n",7,8,nine\n1,2,3,\n1,2,3\n');
    expect(shown.rows).toEqual([
      ['1', '2', '3'],
      ['4', '5', null],
      ['6', '7', '8'],
      ['1', '2', '3'],
      ['1', '2', '3'],
    ]);
    expect(shown.warnings).toEqual([
      {
        code: 'ragged_row',
        line: 3,
        detail:
          'Line 3 has 2 fields where 3 are expected; the missing ones are shown as NULL. Submitted, the row goes to the rejects.',
      },
      {
        code: 'ragged_row',
        line: 4,
        detail:
          'Line 4 has 4 fields where 3 are expected; "nine" is not shown. Submitted, the row goes to the rejects. A value that holds the delimiter must be quoted.',
      },
    ]);
  });

  it('gives a column to fields that most rows have beyond the header', () => {
    const shown = preview('a,b\nx,1,2.5\ny,2,3.5\n');
    expect(shown.columns.map(({ name }) => name)).toEqual(['a', 'b', 'column3']);
    expect(shown.rows[0]).toEqual(['x', '1', '2.5']);
    expect(codes(shown)).toEqual(['empty_header']);
  });

  it('shows at most twenty warnings of a kind and counts the rest', () => {
    const shown = preview(`a,b,c\n${'1,2,3\n'.repeat(60)}${'1,2\n'.repeat(50)}`);
    expect(shown.warnings).toHaveLength(21);
    expect(shown.warnings.at(-1)).toEqual({
      code: 'ragged_row',
      detail: '30 more warnings of the kind ragged_row are not shown.',
    });
  });

  it('R25: says where a quote opens that is never closed, and shows the other rows', () => {
    const shown = preview('id,name\n1,"Ann\n2,Bob\n3,Cid\n');
    expect(shown.warnings).toMatchObject([{ code: 'unclosed_quote', line: 2, column: 3 }]);
    expect(shown.rows).toEqual([
      ['1', '"Ann'],
      ['2', 'Bob'],
      ['3', 'Cid'],
    ]);
  });

  it('R25: finds an unclosed quote in a file that is cut, too', () => {
    const head = `id,name\n1,"Ann\n${'2,Bob\n'.repeat(10_000)}3,C`;
    const shown = preview(head, { complete: false });
    expect(shown.warnings).toMatchObject([{ code: 'unclosed_quote', line: 2, column: 3 }]);
    expect(shown.rows.slice(0, 2)).toEqual([
      ['1', '"Ann'],
      ['2', 'Bob'],
    ]);
    expect(shown).toMatchObject({ row_count: 100, truncated: true });
  });

  it('R25: reads millions of characters after an unclosed quote', () => {
    const shown = preview(`id,name\n1,"Ann\n${'2,Bob\n'.repeat(500_000)}`);
    expect(shown).toMatchObject({ row_count: 100, truncated: true, warnings: [{ code: 'unclosed_quote', line: 2 }] });
  });

  it('points at a quote inside a quoted field', () => {
    const shown = preview('id,name\n1,"An "n" e"\n2,Bob\n');
    expect(shown.rows[0]).toEqual(['1', 'An "n" e']);
    expect(shown.warnings[0]).toMatchObject({ code: 'stray_quote', line: 2, column: 7 });
  });

  it('R24: strips NUL characters and reads mixed newlines, and says so', () => {
    const shown = preview('id,name\r\n1,A\0nn\n2,Bob\r3,"C\r\nD"\n');
    expect(shown.rows).toEqual([
      ['1', 'Ann'],
      ['2', 'Bob'],
      ['3', 'C\r\nD'],
    ]);
    expect(shown.warnings).toMatchObject([{ code: 'nul_bytes', line: 2 }, { code: 'mixed_newlines' }]);
  });

  it('R24: reads CR alone', () => {
    const shown = preview('id,name\r1,Ann\r2,Bob\r');
    expect(shown).toMatchObject({ dialect: { newline: '\r' }, row_count: 2, warnings: [] });
  });

  it.each([
    ['', 'has no bytes'],
    ['\n\r\n\n', 'holds nothing but blank lines'],
    ['\uFEFF', 'holds nothing but blank lines'],
    ['\0\0\0\0\0', 'holds nothing but blank lines'],
  ])('R24: says that %j is empty, and what to do', (content, what) => {
    const shown = preview(content);
    expect(shown).toMatchObject({ columns: [], rows: [], row_count: 0, truncated: false });
    expect(shown.warnings).toEqual([
      { code: 'empty_file', detail: `The file ${what}. Check the export that made it, and upload it again.` },
    ]);
  });

  it('shows a file of nothing but a header', () => {
    const shown = preview('id,name\n');
    expect(shown).toMatchObject({
      rows: [],
      row_count: 0,
      truncated: false,
      warnings: [{ code: 'header_only', line: 1 }],
    });
    expect(types(shown)).toEqual(['varchar', 'varchar']);
  });

  it.each([
    ['an Excel workbook', Buffer.from('PK\x03\x04rest of it')],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['a Parquet file', Buffer.from('PAR1....')],
  ])('R24: names a file that is no text: %s', (what, bytes) => {
    const shown = preview(bytes);
    expect(shown).toMatchObject({ columns: [], rows: [], warnings: [{ code: 'not_text' }] });
    expect(shown.warnings[0]?.detail).toContain(what);
  });

  it('R25: refuses more than 2,000 columns, even when the first line is cut', () => {
    const wide = 'x,'.repeat(100_000);
    expect(() => preview(`${wide}x\n`)).toThrow(TooManyColumns);
    expect(() => preview(wide, { complete: false })).toThrow(
      /^Line 1 has at least [\d,]+ columns; at most 2,000 can be read/,
    );
    expect(preview(`${'1,'.repeat(1_999)}1\n`).columns).toHaveLength(2_000);
  });

  it('R25: explains one huge line', () => {
    const shown = preview('x'.repeat(262_144), { complete: false });
    expect(shown).toMatchObject({
      columns: [],
      rows: [],
      truncated: true,
      warnings: [{ code: 'long_field', line: 1 }],
    });
    const later = preview(`id,note\n1,${'x'.repeat(262_144)}`, { complete: false });
    expect(later.columns.map(({ name }) => name)).toEqual(['id', 'note']);
    expect(later).toMatchObject({ rows: [], truncated: true, warnings: [{ code: 'long_field', line: 2 }] });
    const whole = preview(`id,note\n1,${'x'.repeat(2_000_001)}\n`);
    expect(whole.warnings).toMatchObject([{ code: 'long_field', line: 2 }]);
  });

  it('leaves out the row that is cut', () => {
    const shown = preview('id,name\n1,Ann\n2,Bo', { complete: false });
    expect(shown).toMatchObject({ rows: [['1', 'Ann']], truncated: true, warnings: [{ code: 'truncated_preview' }] });
  });

  it('shows as many rows as asked for, and says whether there are more', () => {
    const file = `id\n${Array.from({ length: 1_500 }, (_, index) => index).join('\n')}\n`;
    expect(preview(file)).toMatchObject({ row_count: 100, truncated: true, warnings: [] });
    expect(preview(file, { limit: 1 }).rows).toEqual([['0']]);
    expect(preview(file, { limit: 1_000 })).toMatchObject({ row_count: 1_000, truncated: true });
    expect(preview('id\n1\n2\n', { limit: 2 })).toMatchObject({ row_count: 2, truncated: false });
  });

  it('keeps dates as text while it is open which number is the day', () => {
    const shown = preview('id,when\n1,03/04/2021\n2,05/06/2021\n');
    expect(shown.columns[1]).toMatchObject({ type: 'varchar' });
    expect(shown.warnings).toMatchObject([{ code: 'ambiguous_date', field: 1 }]);
    expect(shown.warnings[0]?.detail).toContain('%d/%m/%Y or as %m/%d/%Y');
  });

  it('does not ask for the day of dates once a person has decided', () => {
    const columns: ContractColumn[] = [
      { source_name: 'id', name: 'id', type: 'bigint' },
      { source_name: 'when', name: 'when', type: 'date', format: '%d/%m/%Y' },
    ];
    const shown = preview('id,when\n1,03/04/2021\n2,05/06/2021\n', { columns });
    expect(shown).toMatchObject({
      rows: [
        ['1', '2021-04-03'],
        ['2', '2021-06-05'],
      ],
      warnings: [],
    });
  });

  it('keeps leading zeros, long ids and formulas of spreadsheets as they are', () => {
    const shown = preview('zip,id,cell\n00123,12345678901234567890,=1+2\n04567,2,@SUM(A1)\n');
    expect(types(shown)).toEqual(['varchar', 'varchar', 'varchar']);
    expect(shown.rows[0]).toEqual(['00123', '12345678901234567890', '=1+2']);
  });

  it('tells which texts it took for NULL', () => {
    const shown = preview('id,n\n1,NA\n2,5\n');
    expect(shown.columns[1]).toMatchObject({ type: 'bigint', nullable: true, null_values: ['NA'] });
    expect(shown.rows).toEqual([
      ['1', null],
      ['2', '5'],
    ]);
  });

  it('records how the file is stored', () => {
    expect(preview('a\n1\n', { compression: 'gzip' }).dialect.compression).toBe('gzip');
  });

  it('R24: never fails on any bytes but with a problem that can be read', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .string({
          unit: fc.constantFrom('a', '1', ',', ';', '"', "'", '\n', '\r', '\t', ' ', '|', ':', '\0', 'é', '.', '-'),
          maxLength: 200,
        })
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, fc.boolean(), fc.integer({ min: 1, max: 5 }), (head, complete, limit) => {
        const shown = preview(head, { complete, limit });
        expect(shown.row_count).toBe(shown.rows.length);
        expect(shown.row_count).toBeLessThanOrEqual(limit);
        for (const row of shown.rows) expect(row).toHaveLength(shown.columns.length);
        expect(new Set(shown.columns.map(({ name }) => name)).size).toBe(shown.columns.length);
        expect(codes(shown)).not.toContain('misfit_value');
      }),
      { numRuns: 2000 },
    );
  });

  it('R24: gives the same problem classes for any overrides', () => {
    const overrides = fc.record(
      {
        encoding: fc.constantFrom('utf-8', 'utf-16le', 'shift_jis', 'nonsense'),
        delimiter: fc.string({ maxLength: 2 }),
        quote: fc.string({ maxLength: 2 }),
        header: fc.boolean(),
        skip_rows: fc.integer({ min: -1, max: 5 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), overrides, (head, given) => {
        try {
          preview(head, { overrides: given });
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('previewCsv with a contract', () => {
  const column = { source_name: 'a', name: 'first', type: 'bigint' } as const;

  it('reads values as a person wants them, and names the cells that do not fit', () => {
    const shown = preview('a,b\n1,x\n"two\nlines",y\n\n-,z\n', {
      columns: [
        { ...column, null_values: ['-'] },
        { source_name: 'b', name: 'b', type: 'varchar', drop: true },
      ],
    });
    expect(shown.rows.map(([first]) => first)).toEqual(['1', 'two\nlines', null]);
    expect(shown.lines).toEqual([2, 3, 6]);
    expect(shown.misfits).toEqual([{ row: 1, column: 0 }]);
    expect(shown.columns[0]).toMatchObject({ name: 'first', type: 'bigint', null_values: ['-'] });
    expect(shown.columns[0]!.evidence).toMatch(/^set by hand; the rows suggest varchar, because /);
    expect(codes(shown)).toEqual(['misfit_value']);
  });

  it('keeps the evidence of a type that is as inferred', () => {
    const [inferred] = preview('a\n1\n').columns;
    expect(preview('a\n1\n', { columns: [column] }).columns[0]!.evidence).toBe(inferred!.evidence);
  });
});

describe('displayRows', () => {
  it('shows what does not fit as it stands in the file, with a warning', () => {
    const warnings = new WarningList();
    const shown = displayRows(
      [{ line: 7, fields: ['1', 'x'] }],
      [
        { name: 'a', type: 'bigint' },
        { name: 'b', type: 'bigint' },
      ],
      warnings,
    );
    expect(shown).toEqual({ rows: [['1', 'x']], misfits: [{ row: 0, column: 1 }] });
    expect(warnings.toArray()).toMatchObject([{ code: 'misfit_value', line: 7, field: 1 }]);
  });
});
