import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { ColumnType, Contract, ContractColumn, Dialect } from '../../src/csv/contract.js';
import { readRecords } from '../../src/csv/records.js';
import type { ObjectStore } from '../../src/providers/object-store/object-store.js';
import type {
  ConvertOutcome,
  ConvertProgress,
  TableConverter,
} from '../../src/providers/table-converter/table-converter.js';

export interface ConverterUnderTest {
  readonly converter: TableConverter;
  readonly objectStore: ObjectStore;
  /** The stored table's rows as text (NULL is null), in order. */
  readRows(parquetKey: string): Promise<(string | null)[][]>;
}

type Columns = Record<string, ColumnType | Partial<ContractColumn>>;

interface Case {
  readonly dialect?: Partial<Dialect>;
  readonly fixed?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ConvertProgress) => void;
}

const DIALECT: Dialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  decimal: '.',
  newline: '\n',
  compression: 'none',
  skip_rows: 0,
};
const PARQUET = 'workspaces/w/datasets/d/1/data.parquet';
const REJECTS = 'workspaces/w/datasets/d/1/rejects.csv';
const SOURCE = 'workspaces/w/uploads/u/raw';

export function contractOf(columns: Columns, dialect: Partial<Dialect> = {}): Contract {
  const entries = Object.entries(columns).map(([name, column]) => ({
    source_name: name,
    name,
    type: 'varchar' as const,
    ...(typeof column === 'string' ? { type: column } : column),
  }));
  return { dialect: { ...DIALECT, ...dialect }, columns: entries };
}

const allParts = ['types', 'structure', 'bytes', 'rows in = rows stored + rows rejected', 'running'] as const;
type Part = (typeof allParts)[number];

/** What every converter promises. Where it is held to the rest elsewhere, `parts` are enough. */
export function tableConverterContract(
  name: string,
  open: () => Promise<ConverterUnderTest>,
  parts: readonly Part[] = allParts,
): void {
  const part = (title: Part, tests: () => void) => parts.includes(title) && describe(title, tests);

  describe(`${name} as a TableConverter`, () => {
    let subject: ConverterUnderTest;
    beforeEach(async () => {
      subject = await open();
    });

    async function convert(
      content: string | Uint8Array,
      columns: Columns,
      options: Case = {},
    ): Promise<ConvertOutcome> {
      await subject.objectStore.put(SOURCE, Buffer.from(content));
      const outcome = await subject.converter.convert({
        workspaceId: 'w',
        sourceKey: SOURCE,
        contract: contractOf(columns, options.dialect),
        fixedColumns: options.fixed ?? [],
        parquetKey: PARQUET,
        rejectsKey: REJECTS,
        signal: options.signal ?? new AbortController().signal,
        onProgress: options.onProgress,
      });
      expect(outcome.rowsIn).toBe(outcome.rowsStored + outcome.rowsRejected);
      return outcome;
    }

    const rows = () => subject.readRows(PARQUET);
    const typesOf = (outcome: ConvertOutcome) => outcome.columns.map(({ type }) => type);

    async function rejects(): Promise<string[][]> {
      if (!(await subject.objectStore.head(REJECTS))) return [];
      const chunks: Buffer[] = [];
      for await (const chunk of await subject.objectStore.get(REJECTS)) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      return readRecords(text, { delimiter: ',', quote: '"', skip_rows: 0 }).rows.map(({ fields }) => fields);
    }

    part('types', () => {
      it('stores typed values', async () => {
        const outcome = await convert(
          'id,price,day,at,ok,who\n1,2.50,2024-02-29,2024-02-29 10:00:00,true,Ada\n-2,,2024-03-01,2024-03-01T11:30:00.5,false,\n',
          { id: 'bigint', price: 'decimal(18,2)', day: 'date', at: 'timestamp', ok: 'boolean', who: 'varchar' },
        );
        expect(await rows()).toEqual([
          ['1', '2.50', '2024-02-29', '2024-02-29 10:00:00', 'true', 'Ada'],
          ['-2', null, '2024-03-01', '2024-03-01 11:30:00.5', 'false', null],
        ]);
        expect(outcome).toMatchObject({ rowsIn: 2, rowsStored: 2, rowsRejected: 0 });
        expect(outcome.columns.map(({ nullable }) => nullable)).toEqual([false, true, false, false, false, true]);
        expect(outcome.parquetBytes).toBe((await subject.objectStore.head(PARQUET))?.bytes);
      });

      it('applies formats and null texts, and leaves dropped columns out', async () => {
        await convert(
          'a;b;c;d\n1.234,50;31/12/2023;yes;x\n-;01/02/2024;no;y\n',
          {
            a: { type: 'double', format: '1.234,50', null_values: ['-'] },
            b: { type: 'date', format: '%d/%m/%Y' },
            c: { type: 'boolean', format: 'yes/no' },
            d: { drop: true },
          },
          { dialect: { delimiter: ';', decimal: ',' } },
        );
        expect(await rows()).toEqual([
          ['1234.5', '2023-12-31', 'true'],
          [null, '2024-02-01', 'false'],
        ]);
      });

      it('widens a type that the sample got wrong, and names the row', async () => {
        const lines = Array.from({ length: 60_000 }, (_, index) =>
          index === 54_999 ? '12.5,x' : `${index},2024-01-01`,
        );
        const outcome = await convert(`n,day\n${lines.join('\n')}\n`, { n: 'bigint', day: 'date' });
        expect(typesOf(outcome)).toEqual(['double', 'varchar']);
        expect(outcome.columns.map(({ evidence }) => evidence)).toEqual([
          'row 55,000 is the first that is not an integer: 12.5',
          'row 55,000 is the first that is not a date: x',
        ]);
        expect(outcome.rowsStored).toBe(60_000);
        expect((await rows())[54_999]).toEqual(['12.5', 'x']);
      });

      it('never rounds: long numbers and leading zeros end as text', async () => {
        const outcome = await convert('id,zip,n\n1,10115,1\n12345678901234567890123,00123,9007199254740993\n', {
          id: 'bigint',
          zip: 'bigint',
          n: 'bigint',
        });
        expect(typesOf(outcome)).toEqual(['varchar', 'varchar', 'bigint']);
        expect(await rows()).toEqual([
          ['1', '10115', '1'],
          ['12345678901234567890123', '00123', '9007199254740993'],
        ]);
      });

      it('widens step by step until every value fits', async () => {
        const outcome = await convert(
          'a,b,c\n1,2024-01-01,1.25\n123456789012345678,2024-01-01 10:00,1.5\n0.5,x,1.125\n',
          {
            a: 'bigint',
            b: 'date',
            c: 'decimal(18,2)',
          },
        );
        expect(typesOf(outcome)).toEqual(['decimal(38,1)', 'varchar', 'double']);
        expect((await rows()).map(([a]) => a)).toEqual(['1.0', '123456789012345678.0', '0.5']);
      });

      it('rejects what does not fit a type that a person fixed', async () => {
        const text = 'id,note\n1,"a\nb"\n\nx,c\n1.5,d\n4,e\n';
        const outcome = await convert(text, { id: 'bigint', note: 'varchar' }, { fixed: ['id'] });
        expect(outcome).toMatchObject({ rowsIn: 4, rowsStored: 2, rowsRejected: 2 });
        expect(await rows()).toEqual([
          ['1', 'a\nb'],
          ['4', 'e'],
        ]);
        expect(await rejects()).toEqual([
          ['line', 'column', 'value', 'reason'],
          ['5', 'id', 'x', 'is not a whole number of up to 64 bits'],
          ['6', 'id', '1.5', 'is not a whole number of up to 64 bits'],
        ]);
      });

      it('does not let rejected rows widen other columns', async () => {
        const outcome = await convert('id,n\n1,2\nTotal,all\n', { id: 'bigint', n: 'bigint' }, { fixed: ['id'] });
        expect(typesOf(outcome)).toEqual(['bigint', 'bigint']);
        expect(outcome.rowsRejected).toBe(1);
      });
    });

    part('structure', () => {
      const two = { a: 'varchar', b: 'varchar' } as const;

      it('R25: rejects ragged rows with their lines and keeps the rest', async () => {
        const outcome = await convert('a,b\n1,2\n3\n"x\ny",4\n5,6,7\n8,9,\n', two);
        expect(outcome).toMatchObject({ rowsIn: 5, rowsStored: 3, rowsRejected: 2 });
        expect(await rows()).toEqual([
          ['1', '2'],
          ['x\ny', '4'],
          ['8', '9'],
        ]);
        expect((await rejects()).slice(1)).toEqual([
          ['3', '', '3', '1 of 2 fields'],
          ['6', '', '5,6,7', '3 fields for 2 columns'],
        ]);
      });

      it('R25: rejects the row in which a quote is never closed, and only that', async () => {
        const outcome = await convert('a,b\n1,2\n3,"4\n5,6\n', two);
        expect(outcome.rowsIn).toBe(3);
        expect(await rows()).toEqual([
          ['1', '2'],
          ['5', '6'],
        ]);
        expect((await rejects())[1]).toEqual(['3', '', '3,"4', 'a quote opens here and is never closed']);
      });

      it('keeps quotes inside fields', async () => {
        await convert('a,b\n5" pipe,x\n"he said ""hi""",y\n"he said "ho" too",z\n', two);
        expect((await rows()).map(([a]) => a)).toEqual(['5" pipe', 'he said "hi"', 'he said "ho" too']);
      });

      it('R24: reads mixed newlines, NUL bytes and blank lines', async () => {
        const outcome = await convert('a,b\r\n1,2\n3,4\r5\0x,6\r\n\r\n\n7,"8\r\n9"', two);
        expect(await rows()).toEqual([
          ['1', '2'],
          ['3', '4'],
          ['5x', '6'],
          ['7', '8\r\n9'],
        ]);
        expect(outcome.rowsRejected).toBe(0);
      });

      it('skips lines above the header and takes files without one', async () => {
        await convert('Report; 2024\n\na;b\n1;2\n', two, { dialect: { delimiter: ';', skip_rows: 2 } });
        expect(await rows()).toEqual([['1', '2']]);
        await convert('1,2\n3,4', two, { dialect: { header: false } });
        expect(await rows()).toHaveLength(2);
      });

      it('takes other delimiters and quotes, and files without quotes', async () => {
        await convert("a\tb\n'x\ty'\t2\n", two, { dialect: { delimiter: '\t', quote: "'" } });
        expect(await rows()).toEqual([['x\ty', '2']]);
        await convert('a|b\n"x|y\n', two, { dialect: { delimiter: '|', quote: '' } });
        expect(await rows()).toEqual([['"x', 'y']]);
        await convert('a§b\n1§2\n', two, { dialect: { delimiter: '§' } });
        expect(await rows()).toEqual([['1', '2']]);
      });

      it('takes a single column, whose blank lines are no rows', async () => {
        const outcome = await convert('a\n1\n\n2\n""\n', { a: 'bigint' });
        expect(outcome.rowsIn).toBe(
          readRecords('1\n\n2\n""\n', { delimiter: ',', quote: '"', skip_rows: 0 }).rows.length,
        );
        expect((await rows()).slice(0, 2)).toEqual([['1'], ['2']]);
      });

      it('stores a table without rows when there is only a header', async () => {
        const outcome = await convert('a,b\n', two);
        expect(outcome).toMatchObject({ rowsIn: 0, rowsStored: 0, rowsRejected: 0 });
        expect(await rows()).toEqual([]);
      });

      it('refuses a file without any row', async () => {
        for (const text of ['', '\n\n', '\uFEFF']) {
          await expect(convert(text, two)).rejects.toMatchObject({ kind: { slug: 'empty-file', status: 422 } });
        }
        expect(await subject.objectStore.head(PARQUET)).toBeUndefined();
      });

      it('R25: takes a thousand columns', async () => {
        const names = Array.from({ length: 1_000 }, (_, index) => `c${index}`);
        const line = names.map((_, index) => index).join();
        const columns = Object.fromEntries(names.map((each) => [each, 'bigint' as const]));
        const outcome = await convert(`${names.join()}\n${`${line}\n`.repeat(50)}${line},x,\n`, columns);
        expect(outcome).toMatchObject({ rowsStored: 50, rowsRejected: 1 });
        expect((await rows())[49]?.at(-1)).toBe('999');
      });

      it('R25: names the line of a row that is too long', async () => {
        const fault = convert(`a,b\n1,2\n3,"${'x'.repeat(11_000_000)}\n`, two);
        await expect(fault).rejects.toMatchObject({ kind: { slug: 'unreadable-file' } });
        await expect(fault).rejects.toThrow('line 3');
      });
    });

    part('bytes', () => {
      const columns = { a: 'varchar', b: 'bigint' } as const;
      const text = 'a,b\nZoë,1\nМир,2\n';

      it('R24: reads other encodings', async () => {
        await convert(`\uFEFF${text}`, columns);
        expect(await rows()).toEqual([
          ['Zoë', '1'],
          ['Мир', '2'],
        ]);
        for (const encoding of ['utf-16le', 'utf-16be']) {
          await convert(iconv.encode(text, encoding, { addBOM: true }), columns, { dialect: { encoding } });
          expect(await rows()).toEqual([
            ['Zoë', '1'],
            ['Мир', '2'],
          ]);
        }
        await convert(iconv.encode('a,b\nZoë €,1\n', 'windows-1252'), columns, {
          dialect: { encoding: 'windows-1252' },
        });
        expect(await rows()).toEqual([['Zoë €', '1']]);
        await convert(iconv.encode('a,b\n日本,1\n', 'shift_jis'), columns, { dialect: { encoding: 'shift_jis' } });
        expect(await rows()).toEqual([['日本', '1']]);
      });

      it('R24: rejects the rows whose bytes mean nothing in the encoding', async () => {
        const outcome = await convert(iconv.encode('a,b\nZoë,1\nAda,2\n', 'windows-1252'), columns);
        expect(outcome).toMatchObject({ rowsStored: 1, rowsRejected: 1 });
        expect((await rejects())[1]?.[0]).toBe('2');
      });

      it('expands gzip', async () => {
        await convert(gzipSync(text), columns, { dialect: { compression: 'gzip' } });
        expect(await rows()).toEqual([
          ['Zoë', '1'],
          ['Мир', '2'],
        ]);
      });

      it('R20: stops at a compressed file that expands to too much', async () => {
        const bomb = gzipSync(Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(50_000_000, 'x,1\n')]));
        expect(bomb.length).toBeLessThan(200_000);
        const outcome = convert(bomb, columns, { dialect: { compression: 'gzip' } });
        await expect(outcome).rejects.toMatchObject({ kind: { slug: 'expanded-too-large', status: 413 } });
        expect(await subject.objectStore.head(PARQUET)).toBeUndefined();
      });

      it('R20: says what is wrong with a damaged compressed file', async () => {
        const whole = gzipSync(text.repeat(10_000));
        const cut = convert(whole.subarray(0, whole.length >> 1), columns, { dialect: { compression: 'gzip' } });
        await expect(cut).rejects.toThrow('ends too early');
        const plain = convert(text, columns, { dialect: { compression: 'gzip' } });
        await expect(plain).rejects.toMatchObject({ kind: { slug: 'unreadable-file' } });
      });
    });

    part('rows in = rows stored + rows rejected', () => {
      const cell = fc.oneof(
        fc.constantFrom(
          '',
          '1',
          '2.5',
          '007',
          '2024-01-01',
          'NA',
          ' x ',
          'a,b',
          'q"q',
          '"',
          'two\nlines',
          'cr\rlf',
          '\t',
          '😀',
        ),
        fc.string({ maxLength: 6 }),
      );
      const quoted = (text: string) => (/[",\r\n]|^$|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const table = fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 });
      const columns: Columns = { a: 'bigint', b: 'date', c: 'varchar' };

      it('holds for well-formed files, cell by cell', async () => {
        await fc.assert(
          fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (content, newline) => {
            const cells = content.map((row) => row.map((text) => text.replaceAll('\0', '')));
            const lines = [['a', 'b', 'c'], ...cells].map((row) => row.map(quoted).join());
            const outcome = await convert(`${lines.join(newline)}${newline}`, {
              a: 'varchar',
              b: 'varchar',
              c: 'varchar',
            });
            expect(outcome).toMatchObject({ rowsIn: cells.length, rowsStored: cells.length });
            expect(await rows()).toEqual(cells.map((row) => row.map((text) => (text === '' ? null : text))));
          }),
          { numRuns: 30 },
        );
      });

      it('holds for garbage', async () => {
        const garbage = fc.string({ unit: fc.constantFrom(...'ab1,,"\n\r \0é'), maxLength: 60 });
        await fc.assert(
          fc.asyncProperty(garbage, fc.boolean(), async (text, isFixed) => {
            const outcome = await convert(`a,b,c\n${text}`, columns, { fixed: isFixed ? ['a', 'b'] : [] });
            const records = readRecords(`a,b,c\n${text}`, { delimiter: ',', quote: '"', skip_rows: 0 }).rows;
            expect(outcome.rowsIn).toBe(records.length - 1);
            expect(await rows()).toHaveLength(outcome.rowsStored);
            expect((await rejects()).slice(1)).toHaveLength(outcome.rowsRejected);
          }),
          { numRuns: 60 },
        );
      });
    });

    part('running', () => {
      const big = (rowCount: number) => {
        const lines = Array.from({ length: 1_000 }, (_, index) => `${index},some text ${index},${index / 4}\n`).join(
          '',
        );
        return `a,b,c\n${lines.repeat(rowCount / 1_000)}`;
      };
      const columns: Columns = { a: 'bigint', b: 'varchar', c: 'double' };

      it('reports progress that only grows in fraction', async () => {
        const seen: ConvertProgress[] = [];
        await convert(big(1_500_000), columns, { onProgress: (progress) => seen.push(progress) });
        expect(seen.at(-1)).toMatchObject({ phase: 'storing', fraction: 1, rows: 1_500_000 });
        const fractions = seen.map(({ fraction }) => fraction);
        expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
      });

      it('leaves nothing behind when it is cancelled in the middle', async () => {
        const stop = new AbortController();
        const converting = convert(big(3_000_000), columns, { signal: stop.signal });
        setTimeout(() => stop.abort(new Error('enough')), 500);
        await expect(converting).rejects.toThrow('enough');
        expect(await subject.objectStore.head(PARQUET)).toBeUndefined();
        expect(await subject.objectStore.head(REJECTS)).toBeUndefined();
      });

      it('replaces what an earlier try has stored', async () => {
        await convert('a,b\n1\n', { a: 'varchar', b: 'varchar' });
        expect(await rejects()).toHaveLength(2);
        await convert('a,b\n1,2\n', { a: 'varchar', b: 'varchar' });
        expect(await rejects()).toEqual([]);
        expect(await rows()).toHaveLength(1);
      });
    });
  });
}
