import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Contract } from '../../src/modules/previews/contract.dto.js';
import type { Upload } from '../../src/modules/uploads/upload.dto.js';
import { UploadsService } from '../../src/modules/uploads/uploads.service.js';
import { startApp, type TestApp } from '../support/app.js';

const orders = 'Order No,Día,Preis\n1,03/04/2021,"1,50"\n2,25/12/2021,"2,75"\n';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.close());

async function bring(content: Buffer | string, name = 'orders.csv'): Promise<string> {
  const answer = await test.owner.post('/uploads').attach('file', Buffer.from(content), name).expect(201);
  return (answer.body as Upload).upload_id;
}

const preview = (id: string, query = '') => test.owner.get(`/uploads/${id}/preview${query}`);
const contract = (id: string) => test.owner.get(`/uploads/${id}/contract`);
const put = (id: string, body: object, headers = {}) => test.owner.put(`/uploads/${id}/contract`, body).set(headers);
type Columns = Contract['columns'];
const columnsOf = async (id: string) => (await contract(id).expect(200)).body as Contract;

describe('previews', () => {
  it('shows typed rows, why, and what is odd', async () => {
    const answer = await preview(await bring(orders)).expect(200);
    expect(answer.body).toMatchObject({
      columns: [
        { name: 'order_no', source_name: 'Order No', type: 'bigint', evidence: expect.any(String) },
        { source_name: 'Día', type: 'date', format: '%d/%m/%Y' },
        { source_name: 'Preis' },
      ],
      row_count: 2,
      truncated: false,
      dialect: { delimiter: ',', header: true },
      warnings: expect.any(Array),
    });
    expect(answer.body.rows[1].slice(0, 2)).toEqual(['2', '2021-12-25']);
    expect(answer.headers['cache-control']).toBe('private, no-store');
  });

  it('is not sent again to who has it', async () => {
    const id = await bring(orders);
    const { etag } = (await preview(id).expect(200)).headers;
    const again = await preview(id).set('if-none-match', `"other", ${etag}`).expect(304);
    expect(again.text).toBe('');
    await preview(id, '?limit=1').set('if-none-match', etag!).expect(200);
  });

  it.each([1, 7, 100, 101, 1000])('shows %i rows of many, the same first rows every time', async (limit) => {
    const rows = Array.from({ length: 5000 }, (_, index) => [String(index), `name ${index}`]);
    const id = await bring(`id,name\n${rows.map((row) => row.join(',')).join('\n')}\n`);
    const answer = await preview(id, `?limit=${limit}`).expect(200);
    expect(answer.body).toMatchObject({ row_count: limit, truncated: true, rows: rows.slice(0, limit) });
  });

  it('reads the file otherwise on request, detecting what is left open', async () => {
    const id = await bring('a;b\n1;2,5\n2;3,5\n');
    const detected = (await preview(id).expect(200)).body;
    expect(detected).toMatchObject({ dialect: { delimiter: ';', decimal: ',' }, columns: [{ type: 'bigint' }, {}] });
    const asCommas = (await preview(id, '?delimiter=,&header=false&skip_rows=0&limit=2').expect(200)).body;
    expect(asCommas).toMatchObject({ dialect: { delimiter: ',', header: false }, row_count: 2, truncated: true });
    expect(asCommas.dialect_evidence.delimiter).toBe('given');
    const skipped = (await preview(id, '?skip_rows=1&header=false').expect(200)).body;
    expect(skipped.rows).toHaveLength(2);
    expect((await preview(id).expect(200)).body).toEqual(detected);
  });

  it('reads the rows as the contract says on request, and names the cells that do not fit', async () => {
    const id = await bring('id,code\n1,7\n2,x9\n3,8\n');
    const { columns } = await columnsOf(id);
    await put(id, { columns: [columns[0], { ...columns[1], name: 'number', type: 'bigint' }] }).expect(200);
    const inferred = await preview(id).expect(200);
    expect(inferred.body).toMatchObject({ columns: [{}, { name: 'code' }], misfits: [], lines: [2, 3, 4] });
    const asContract = await preview(id, '?read_as=contract&limit=2').expect(200);
    expect(asContract.body).toMatchObject({
      columns: [{}, { name: 'number', type: 'bigint' }],
      rows: [
        ['1', '7'],
        ['2', 'x9'],
      ],
      lines: [2, 3],
      misfits: [{ row: 1, column: 1 }],
      warnings: [{ code: 'misfit_value', line: 3 }],
      dialect_evidence: inferred.body.dialect_evidence,
    });
    expect((await preview(id, '?limit=1').expect(200)).body.lines).toEqual([2]);
  });

  it('detects everything anew on request, whatever a person has set', async () => {
    const id = await bring('a;b\n1;2\n');
    const { dialect } = await columnsOf(id);
    await put(id, { dialect: { ...dialect, delimiter: ',' } }).expect(200);
    expect((await preview(id).expect(200)).body.dialect.delimiter).toBe(',');
    expect((await preview(id, '?read_as=detected').expect(200)).body.dialect).toEqual(dialect);
    const refused = await preview(id, '?read_as=detected&delimiter=tab').expect(400);
    expect(refused.body.errors).toEqual([{ pointer: '/read_as', detail: expect.stringContaining('delimiter') }]);
  });

  it('takes a tab by its name, and another encoding', async () => {
    const id = await bring(Buffer.from('näme\tort\nÄ\tÖ\n', 'latin1'));
    for (const delimiter of ['tab', '\\t', '%09']) {
      const answer = await preview(id, `?encoding=latin1&delimiter=${delimiter}`).expect(200);
      expect(answer.body).toMatchObject({ dialect: { encoding: 'windows-1252', delimiter: '\t' }, rows: [['Ä', 'Ö']] });
    }
  });

  it('reads compressed files alike, and only as much of them as it shows', async () => {
    const rows = 'id,name\n' + '1,Ann\n'.repeat(200_000);
    const plain = (await preview(await bring(rows), '?limit=1000').expect(200)).body;
    const packed = (await preview(await bring(gzipSync(rows)), '?limit=1000').expect(200)).body;
    expect(packed).toMatchObject({ rows: plain.rows, columns: plain.columns, dialect: { compression: 'gzip' } });
  });

  it.each([
    ['?limit=0', '?limit'],
    ['?limit=1001', '?limit'],
    ['?limit=ten', '?limit'],
    ['?limit=1.5', '?limit'],
    ['?header=maybe', '?header'],
    ['?decimal=;', '?decimal'],
    ['?skip_rows=-1', '?skip_rows'],
    ['?delimiter=abcd', '?delimiter'],
    ['?delimiter=ab', '?delimiter'],
    ['?quote=%22%22', '?quote'],
    ['?compression=gzip', '?compression'],
    ['?encoding=a&encoding=b', '?encoding'],
  ])('R16: refuses %s and points at it', async (query, pointer) => {
    const answer = await preview(await bring(orders), query).expect(400);
    expect(answer.body.errors).toContainEqual({ pointer, detail: expect.any(String) });
  });

  it('refuses an encoding that nobody knows', async () => {
    const answer = await preview(await bring(orders), '?encoding=klingon').expect(400);
    expect(answer.body.type).toBe('/problems/unknown-encoding');
  });

  it.each([
    ['one huge line', Buffer.alloc(3_000_000, 'x'), 200],
    ['100,000 columns', Buffer.from(`${'a,'.repeat(100_000)}\n`), 422],
    ['an unclosed quote', Buffer.from(`a,b\n1,"open\n${'2,3\n'.repeat(1000)}`), 200],
    ['ragged rows', Buffer.from('a,b\n1\n1,2,3\n4,5\n'), 200],
    ['NUL characters', Buffer.from('a,b\n1,\0x\n'), 200],
    ['carriage returns alone', Buffer.from('a,b\r1,2\r'), 200],
    ['only a header', Buffer.from('a,b\n'), 200],
    ['only newlines', Buffer.from('\n\n\n'), 200],
    ['duplicate and empty headers', Buffer.from('a,a,\n1,2,3\n'), 200],
    ['spreadsheet formulas and markup', Buffer.from('a,b\n=1+1,<script>alert(1)</script>\n'), 200],
  ])('R25: answers helpfully for %s', async (_, content, status) => {
    const id = await bring(content);
    const answer = await preview(id);
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.body.detail).toMatch(/line \d/i);
    expect((await contract(id)).status).toBe(status);
  });

  it('reads a file that could not be read as guessed once it is told how', async () => {
    const id = await bring(Buffer.from(`${'a,'.repeat(5_000)}\n`));
    await preview(id).expect(422);
    expect((await preview(id, '?delimiter=;').expect(200)).body.columns).toHaveLength(1);
    const { dialect } = (await preview(id, '?delimiter=;')).body;
    await put(id, { dialect }).expect(200);
    expect((await preview(id).expect(200)).body.columns).toHaveLength(1);
  });

  it('R29: serves cells as JSON that no browser takes for a page', async () => {
    const answer = await preview(await bring('a\n<img src=x onerror=alert(1)>\n')).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });
});

describe('contracts', () => {
  it('proposes one from the preview, and takes changes to it', async () => {
    const id = await bring(orders);
    const proposed = await contract(id).expect(200);
    expect(proposed.headers['etag']).toBe('"1"');
    const { dialect, columns } = proposed.body as Contract;
    expect(columns.map(({ name }) => name)).toEqual(['order_no', 'dia', 'preis']);
    const changed = [{ ...columns[0]!, name: 'number', type: 'varchar' }, columns[1]!, { ...columns[2]!, drop: true }];
    const answer = await put(id, { dialect, columns: changed }).expect(200);
    expect(answer.headers['etag']).toBe('"2"');
    expect(answer.body).toEqual({ dialect, columns: changed });
    expect((await contract(id).expect(200)).body).toEqual(answer.body);
  });

  it('tells the submit which types a person has set', async () => {
    const id = await bring(orders);
    const service = test.app.nest.get(UploadsService);
    expect((await service.forSubmit(test.workspaceId, id)).fixedColumns).toEqual([]);
    const { columns } = await columnsOf(id);
    await put(id, { columns: [{ ...columns[0]!, type: 'varchar' }, columns[1], columns[2]] }).expect(200);
    expect(await service.forSubmit(test.workspaceId, id)).toMatchObject({
      fileName: 'orders.csv',
      bytes: Buffer.byteLength(orders),
      fixedColumns: ['order_no'],
      rawKey: `workspaces/${test.workspaceId}/uploads/${id}/raw`,
    });
  });

  it('infers the columns anew under another dialect, and lets the preview follow', async () => {
    const id = await bring('a;b\n1;x,y\n');
    const { dialect } = await columnsOf(id);
    const before = (await preview(id)).headers['etag'];
    const answer = await put(id, { dialect: { ...dialect, header: false } }).expect(200);
    expect(answer.body.columns.map(({ source_name }: { source_name: string }) => source_name)).toEqual([
      'column1',
      'column2',
    ]);
    const after = await preview(id).expect(200);
    expect(after.body).toMatchObject({ dialect: { header: false }, row_count: 2 });
    expect(after.headers['etag']).not.toBe(before);
    expect((await test.owner.get(`/uploads/${id}`)).body.dialect.header).toBe(false);
  });

  it('R50: lets one of many racing changes win, and tells the others', async () => {
    const id = await bring(orders);
    const { columns } = await columnsOf(id);
    const racing = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        put(
          id,
          { columns: [{ ...columns[0]!, name: `name_${index}` }, columns[1], columns[2]] },
          { 'if-match': '"1"' },
        ),
      ),
    );
    const winners = racing.filter(({ status }) => status === 200);
    const losers = racing.filter(({ status }) => status === 412);
    expect([winners.length, losers.length]).toEqual([1, 49]);
    for (const loser of losers) {
      expect(loser.body).toMatchObject({ type: '/problems/contract-changed', current_version: 2 });
      expect(loser.headers['etag']).toBe('"2"');
    }
    expect((await contract(id)).body).toEqual(winners[0]!.body);
  });

  it('takes the last of several changes that name no version', async () => {
    const id = await bring(orders);
    const { columns } = await columnsOf(id);
    const names = ['first', 'second', 'third'];
    const all = await Promise.all(
      names.map((name) => put(id, { columns: [{ ...columns[0]!, name }, columns[1], columns[2]] })),
    );
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(names).toContain((await columnsOf(id)).columns[0]!.name);
    expect((await contract(id)).headers['etag']).toBe('"4"');
  });

  it.each([
    [
      'a column that the file lacks',
      (all: Columns) => [{ ...all[0], source_name: 'Nope' }, all[1], all[2]],
      '/columns/0/source_name',
    ],
    ['a column too few', (all: Columns) => all.slice(1), '/columns/0/source_name'],
    ['a name twice', (all: Columns) => [all[0], { ...all[1], name: all[0]!.name }, all[2]], '/columns/1/name'],
    ['a name that SQL cannot take', (all: Columns) => [{ ...all[0], name: 'a b' }, all[1], all[2]], '/columns/0/name'],
    ['an unknown type', (all: Columns) => [all[0], all[1], { ...all[2], type: 'money' }], '/columns/2/type'],
    ['a format that is none', (all: Columns) => [all[0], { ...all[1], format: '%Q' }, all[2]], '/columns/1/format'],
    ['nothing left', (all: Columns) => all.map((each) => ({ ...each, drop: true })), '/columns'],
  ])('refuses %s and points at it', async (_, change, pointer) => {
    const id = await bring(orders);
    const { columns } = await columnsOf(id);
    const answer = await put(id, { columns: change(columns) }).expect(400);
    expect(answer.body.errors.map((each: { pointer: string }) => each.pointer)).toContain(pointer);
    expect((await contract(id)).headers['etag']).toBe('"1"');
  });

  it('refuses another compression than the file has', async () => {
    const id = await bring(orders);
    const { dialect } = await columnsOf(id);
    const answer = await put(id, { dialect: { ...dialect, compression: 'gzip' } }).expect(400);
    expect(answer.body.errors[0].pointer).toBe('/dialect/compression');
  });

  it('R16: refuses any field with a value of another type, and any field that it does not know', async () => {
    const id = await bring(orders);
    const { dialect, columns } = await columnsOf(id);
    const wrong = fc.constantFrom<unknown>({}, [], { $ne: null }, [['x']], 12.5, -1, null, { toString: 'x' });
    const dialectField = fc
      .constantFrom(...Object.keys(dialect), '__proto__', 'workspace_id')
      .map((name) => ['dialect', name] as const);
    const columnField = fc
      .constantFrom('source_name', 'name', 'type', 'format', 'null_values', 'drop', 'role')
      .map((name) => ['columns', name] as const);
    await fc.assert(
      fc.asyncProperty(fc.oneof(dialectField, columnField), wrong, async ([part, name], value) => {
        const optional = value === null && ['compression', 'format', 'null_values', 'drop'].includes(name);
        const noNulls = name === 'null_values' && Array.isArray(value) && value.length === 0;
        fc.pre(!optional && !noNulls);
        const faulty = JSON.parse(JSON.stringify({ dialect, columns })) as { dialect: object; columns: object[] };
        const target = part === 'dialect' ? faulty.dialect : faulty.columns[0]!;
        Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
        const answer = await put(id, faulty);
        expect(answer.status).toBe(400);
        expect(answer.body.type).toMatch(/^\/problems\/(invalid-request|malformed-json|request-refused)$/);
      }),
      { numRuns: 80 },
    );
    expect((await contract(id)).headers['etag']).toBe('"1"');
  });

  it.each([['a text'], [[]], [12]])('R16: refuses %j for the dialect, the columns and the body', async (value) => {
    const id = await bring(orders);
    if (!Array.isArray(value)) await put(id, { columns: value }).expect(400);
    await put(id, { dialect: value }).expect(400);
    await put(id, { columns: [value] }).expect(400);
    await test.owner
      .put(`/uploads/${id}/contract`)
      .set('content-type', 'application/json')
      .send(JSON.stringify(value))
      .expect(400);
  });
});
