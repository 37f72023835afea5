import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { addTable } from '../support/tables.js';

const byCity = {
  name: 'Orders by city',
  sql: "select city, count(*) as n\nfrom orders where amount >= :minimum and city <> ':minimum' and ordered >= :since\ngroup by city order by city",
  parameters: [
    { name: 'minimum', type: 'integer', required: true },
    { name: 'since', type: 'date', default: '2024-01-01' },
  ],
};

describe('saved queries', () => {
  let test: TestApp;
  let other: { client: Client; workspaceId: string };

  beforeAll(async () => {
    test = await startApp();
    other = await addWorkspace(test);
    await addTable(test, {
      table: 'orders',
      rows: `select * from (values ('Lisbon', 10::bigint, date '2024-02-01'), ('Lisbon', 30, date '2023-02-01'), ('Porto', 20, date '2024-03-01')) t(city, amount, ordered)`,
      columns: { city: 'varchar', amount: 'bigint', ordered: 'date' },
    });
  });

  afterAll(() => test.close());

  const create = async (input: object = byCity) => (await test.owner.post('/saved-queries', input).expect(201)).body;
  const runWith = (id: string, parameters?: object) =>
    test.owner.post(`/saved-queries/${id}/run`, { parameters, wait_ms: 30_000 });

  it('keeps, shows, changes and deletes', async () => {
    const response = await test.owner.post('/saved-queries', byCity).expect(201);
    const { saved_query_id: id } = response.body;
    expect(response.headers).toMatchObject({ location: `/api/v1/saved-queries/${id}`, etag: '"1"' });
    expect(response.body).toMatchObject({ ...byCity, description: '', version: 1 });
    expect((await test.owner.get(`/saved-queries/${id}`).expect(200)).body).toEqual(response.body);
    const changed = await test.owner.patch(`/saved-queries/${id}`, { description: 'By city' }).expect(200);
    expect(changed.body).toMatchObject({ ...byCity, description: 'By city', version: 2 });
    await test.owner.delete(`/saved-queries/${id}`).expect(204);
    await test.owner.get(`/saved-queries/${id}`).expect(404);
  });

  it('lists newest first, in pages', async () => {
    const ids = [];
    for (const name of ['one', 'two', 'three']) ids.unshift((await create({ ...byCity, name })).saved_query_id);
    const first = (await test.owner.get('/saved-queries?limit=2').expect(200)).body;
    const second = (await test.owner.get(`/saved-queries?limit=2&cursor=${first.next_cursor}`).expect(200)).body;
    const listed = [...first.items, ...second.items].map(
      ({ saved_query_id }: { saved_query_id: string }) => saved_query_id,
    );
    expect(listed.slice(0, 3)).toEqual(ids);
  });

  it('runs with values and defaults, typed and bound', async () => {
    const { saved_query_id: id } = await create();
    const run = await runWith(id, { minimum: 10 }).expect(200);
    expect(run.body.rows).toEqual([
      ['Lisbon', '1'],
      ['Porto', '1'],
    ]);
    expect(run.body.parameters).toEqual([10, '2024-01-01']);
    expect((await runWith(id, { minimum: 10, since: '2023-01-01' }).expect(200)).body.rows[0]).toEqual(['Lisbon', '2']);
    expect((await runWith(id, { minimum: 10, since: null }).expect(200)).body.rows).toHaveLength(2);
  });

  it('R30: never splices a value into the statement', async () => {
    const { saved_query_id: id } = await create({
      name: 'By name',
      sql: 'select count(*) from orders where city = :city',
      parameters: [{ name: 'city', type: 'string' }],
    });
    for (const city of ["' or '1'='1", "Lisbon'; drop table orders; --", ':city', '?', '\u0000', "\\' or 1=1"]) {
      const { body } = await runWith(id, { city });
      expect(body.rows ?? [['0']]).toEqual([['0']]);
    }
    expect((await runWith(id, { city: 'Lisbon' }).expect(200)).body.rows).toEqual([['2']]);
  });

  it('names every value that is missing, unknown or unfit', async () => {
    const { saved_query_id: id } = await create();
    const faults = async (parameters?: object) =>
      (await runWith(id, parameters).expect(400)).body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(await faults()).toEqual(['/parameters/minimum']);
    expect(await faults({ minimum: '10', since: 'yesterday', city: 'x' })).toEqual([
      '/parameters/city',
      '/parameters/minimum',
      '/parameters/since',
    ]);
  });

  it('checks statement and parameters when they are saved', async () => {
    const faults = async (input: object) =>
      (await test.owner.post('/saved-queries', { ...byCity, ...input }).expect(400)).body;
    expect(await faults({ sql: 'select *\nfrom ordrs where amount > :minimum and ordered > :since' })).toMatchObject({
      type: '/problems/sql-rejected',
      kind: 'unknown_table',
      line: 2,
      column: 6,
      errors: [{ pointer: '/sql' }],
    });
    expect((await faults({ sql: 'delete from orders where amount = :minimum and ordered = :since' })).type).toBe(
      '/problems/sql-rejected',
    );
    expect((await faults({ sql: 'select 1 from orders where amount > ? and city = :town' })).errors).toEqual([
      { pointer: '/sql', detail: 'has a ? at line 1, column 37: give the parameter a name, such as :minimum' },
      { pointer: '/sql', detail: 'mentions :town at line 1, column 50, which parameters does not declare' },
      { pointer: '/parameters/0/name', detail: 'the SQL does not mention :minimum' },
      { pointer: '/parameters/1/name', detail: 'the SQL does not mention :since' },
    ]);
    const { sql } = byCity;
    expect(
      (
        await faults({
          sql,
          parameters: [
            { name: 'minimum', type: 'integer', default: 'ten' },
            { name: 'since', type: 'date' },
          ],
        })
      ).errors,
    ).toEqual([
      {
        pointer: '/parameters/0/default',
        detail: 'must be a whole number between -9007199254740991 and 9007199254740991',
      },
    ]);
    expect(
      (await faults({ parameters: [{ name: '1x', type: 'money' }] })).errors.map(
        ({ pointer }: { pointer: string }) => pointer,
      ),
    ).toEqual(['/parameters/0/name', '/parameters/0/type']);
    expect(
      (await faults({ sql: 'select :token', parameters: [{ name: 'token', type: 'string' }] })).errors[0].pointer,
    ).toBe('/parameters/0/name');
  });

  it('R50: of many changes based on the same version exactly one wins', async () => {
    const { saved_query_id: id } = await create();
    const based = test.owner.with({ 'if-match': '"1"' });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => based.patch(`/saved-queries/${id}`, { name: `name ${index}` })),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 412),
    ]);
    expect(answers.find(({ status }) => status === 412)!.body).toMatchObject({
      type: '/problems/version-conflict',
      current_version: 2,
    });
    await based.delete(`/saved-queries/${id}`).expect(412);
    await test.owner.with({ 'if-match': '"2"' }).delete(`/saved-queries/${id}`).expect(204);
  });

  it('R1: shows nothing of another workspace', async () => {
    const { saved_query_id: id } = await create();
    for (const [method, path, body] of [
      ['get', '', undefined],
      ['patch', '', { name: 'mine' }],
      ['delete', '', undefined],
      ['post', '/run', {}],
    ] as const) {
      const foreign = await other.client[method](`/saved-queries/${id}${path}`, body as never).expect(404);
      const unknown = await other.client[method](`/saved-queries/sq_unknown${path}`, body as never).expect(404);
      expect({ ...foreign.body, instance: '', request_id: '' }).toEqual({
        ...unknown.body,
        instance: '',
        request_id: '',
      });
    }
    expect((await other.client.get('/saved-queries').expect(200)).body).toEqual({ items: [], next_cursor: null });
  });
});
