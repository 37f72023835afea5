import { describe, expect, it } from '@jest/globals';
import { changedColumns, contractFaults, proposeContract } from './contract-rules.js';
import type { Contract, ContractColumn } from './contract.js';
import { previewCsv } from './preview.js';

const PREVIEW = previewCsv(Buffer.from('Id;When;Total;Note\n1;13.01.2020;1,50;a\n2;NA;2,75;b\n'), { complete: true });

function contractWith(change: (contract: Contract) => void): Contract {
  const contract = proposeContract(PREVIEW);
  change(contract);
  return contract;
}

function faultsOf(change: (columns: ContractColumn[], contract: Contract) => void): Record<string, string> {
  const faults = contractFaults(
    contractWith((contract) => change(contract.columns, contract)),
    PREVIEW.columns,
  );
  return Object.fromEntries(faults.map(({ pointer, detail }) => [pointer, detail]));
}

describe('proposeContract', () => {
  it('takes every column as the preview shows it', () => {
    expect(proposeContract(PREVIEW)).toEqual({
      dialect: PREVIEW.dialect,
      columns: [
        { source_name: 'Id', name: 'id', type: 'bigint' },
        { source_name: 'When', name: 'when_', type: 'date', format: '%d.%m.%Y', null_values: ['NA'] },
        { source_name: 'Total', name: 'total', type: 'decimal(18,2)', format: '1,50' },
        { source_name: 'Note', name: 'note', type: 'varchar' },
      ],
    });
  });

  it('has no faults', () => expect(faultsOf(() => undefined)).toEqual({}));
});

describe('changedColumns', () => {
  it('names the columns that are read differently, not those that are renamed or dropped', () => {
    const contract = contractWith(({ columns }) => {
      columns[0]!.type = 'varchar';
      columns[1]!.name = 'day';
      columns[2]!.format = '1.234,50';
      columns[3]!.drop = true;
    });
    expect(changedColumns(contract, proposeContract(PREVIEW))).toEqual(['id', 'total']);
  });
});

describe('contractFaults', () => {
  it('wants every column of the file in its place', () => {
    expect(faultsOf((columns) => columns.reverse())['/columns/0/source_name']).toBe(
      'Column 1 of the file is "Id"; "Note" is its column 4; keep the file\'s order, and set drop to leave a column out.',
    );
    expect(faultsOf((columns) => (columns[1]!.source_name = 'Wen'))).toEqual({
      '/columns/1/source_name': 'Column 2 of the file is "When"; it has no column "Wen".',
    });
    expect(faultsOf((columns) => columns.splice(2))['/columns']).toContain('"Total", "Note" are missing');
    expect(faultsOf((columns) => columns.push({ source_name: 'More', name: 'more', type: 'varchar' }))).toEqual({
      '/columns/4/source_name': 'The file has only 4 columns; it has no column "More".',
    });
  });

  it.each([
    ['id2; drop table x', 'cannot be used without quotes'],
    ['Id', 'cannot be used without quotes'],
    ['', 'cannot be used without quotes'],
    ['order', 'order is a reserved word of SQL; order_ would do.'],
    ['x'.repeat(129), 'longer than 128 characters'],
  ])('refuses the name %j', (name, detail) => {
    expect(faultsOf((columns) => (columns[1]!.name = name))['/columns/1/name']).toContain(detail);
  });

  it('refuses a name that is given twice', () => {
    expect(faultsOf((columns) => (columns[1]!.name = 'total'))).toEqual({
      '/columns/2/name': 'The name total is already given to column 2.',
    });
  });

  it('does not judge columns that are dropped, but wants one to be left', () => {
    const unusable = { name: 'order', type: 'nothing' as ContractColumn['type'], drop: true };
    expect(faultsOf((columns) => Object.assign(columns[0]!, unusable))).toEqual({});
    expect(faultsOf((columns) => columns.forEach((column) => (column.drop = true)))).toEqual({
      '/columns': 'Every column is dropped; keep at least one.',
    });
  });

  it.each([
    ['text', 'There is no type "text"; known are boolean,'],
    ['decimal(39,2)', 'A decimal has 1 to 38 digits, not 39.'],
    ['decimal(4,5)', 'A decimal of 4 digits cannot have 5 of them after the point.'],
    ['decimal(4)', 'There is no type "decimal(4)"'],
  ])('refuses the type %s', (type, detail) => {
    expect(faultsOf((columns) => (columns[0]!.type = type as ContractColumn['type']))['/columns/0/type']).toContain(
      detail,
    );
  });

  it.each([
    ['varchar', '1.50', 'has no format'],
    ['boolean', 'yes', 'no pair of texts'],
    ['boolean', 'yes/yes', 'no pair of texts'],
    ['bigint', 'roman', 'There is no number format "roman"'],
    ['decimal(18,2)', '$1.50€', 'There is no number format'],
    ['date', '%Q', 'has %Q; known are %Y'],
    ['date', '%d/%m', 'has no year'],
    ['date', '%Y %m', 'no month (%m, %b, %B) and day'],
    ['date', '%Y-%m-%d %d', 'has %d twice'],
    ['date', '%Y-%m-%d %H', 'A date has no time of day'],
    ['date', '%H:%M', 'A date has a year, a month and a day'],
    ['timestamp', '%Y-%m-%d %I:%M', 'needs %I and %p together'],
    ['timestamp', '%Y-%m-%d %H:%M %z', 'use the type timestamp with time zone'],
    ['timestamp with time zone', '%Y-%m-%d %H:%M', 'has no zone'],
    ['time', '%Y-%m-%d %H:%M', 'A time has an hour'],
    ['time', 'x'.repeat(101), 'is longer than 100 characters'],
  ] as [ContractColumn['type'], string, string][])('refuses for %s the format %j', (type, format, detail) => {
    expect(faultsOf((columns) => Object.assign(columns[3]!, { type, format }))['/columns/3/format']).toContain(detail);
  });

  it('refuses a dialect under which nothing can be read', () => {
    const faults = faultsOf((_, contract) => {
      Object.assign(contract.dialect, { encoding: 'klingon', delimiter: ';;', quote: '""', skip_rows: -1 });
    });
    expect(Object.keys(faults)).toEqual([
      '/dialect/encoding',
      '/dialect/delimiter',
      '/dialect/quote',
      '/dialect/skip_rows',
    ]);
  });

  it('bounds the null texts', () => {
    const faults = faultsOf((columns) => {
      columns[0]!.null_values = Array.from({ length: 101 }, (_, index) => `n${index}`);
      columns[1]!.null_values = ['x'.repeat(201)];
    });
    expect(Object.keys(faults)).toEqual(['/columns/0/null_values', '/columns/1/null_values/0']);
  });
});
