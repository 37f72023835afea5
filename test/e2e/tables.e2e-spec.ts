import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Table } from '../../src/modules/tables/table.dto.js';
import { TablesService } from '../../src/modules/tables/tables.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { exampleFile, publishCsv } from '../support/publishing.js';

describe('tables', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
    await publishCsv(test.owner, exampleFile('seattle-weather.csv'), { dataset: 'weather' });
    await publishCsv(test.owner, exampleFile('stocks.csv'), { dataset: 'stocks' });
  });
  afterAll(() => test.close());

  const table = async (name: string) => (await test.owner.get(`/tables/${name}`).expect(200)).body as Table;
  const column = async (name: string, of: string) => (await table(of)).columns.find((each) => each.name === name)!;

  it('shows each column with its profile', async () => {
    const weather = await table('weather');
    expect(weather).toMatchObject({ table: 'weather', rows: 1461, version: 1, location: 'lake://weather/versions/1' });
    expect(weather.bytes).toBeGreaterThan(0);
    expect(await column('weather', 'weather')).toMatchObject({
      type: 'varchar',
      nullable: false,
      distinct: 5,
      null_fraction: 0,
      min: 'drizzle',
      max: 'sun',
    });
    expect((await column('weather', 'weather')).top_values![0]).toEqual({ value: 'rain', count: 641 });
    expect(await column('date', 'weather')).toMatchObject({ type: 'date', distinct: 1461, max: '2015-12-31' });
  });

  it('lists by name, in pages, and finds by a part of the name', async () => {
    const first = (await test.owner.get('/tables?limit=1').expect(200)).body;
    expect(first.items.map((each: Table) => each.table)).toEqual(['stocks']);
    const second = (await test.owner.get(`/tables?limit=1&cursor=${first.next_cursor}`).expect(200)).body;
    expect(second.items.map((each: Table) => each.table)).toEqual(['weather']);
    expect(second.next_cursor).toBeNull();
    const found = (await test.owner.get('/tables?search=EATH').expect(200)).body;
    expect(found.items.map((each: Table) => each.table)).toEqual(['weather']);
    await test.owner.get('/tables?limit=0').expect(400);
  });

  it('keeps descriptions over later crawls, and removes them with null', async () => {
    const described = await test.owner
      .patch('/tables/weather', { description: 'Seattle, daily', columns: { wind: 'm/s', date: 'local day' } })
      .expect(200);
    expect(described.body.description).toBe('Seattle, daily');
    await publishCsv(test.owner, exampleFile('seattle-weather.csv'), { dataset: 'weather', mode: 'append' });
    expect(await table('weather')).toMatchObject({ description: 'Seattle, daily', version: 2, rows: 2922 });
    expect((await column('wind', 'weather')).description).toBe('m/s');
    await test.owner.patch('/tables/weather', { description: null, columns: { wind: null } }).expect(200);
    expect((await table('weather')).description).toBeUndefined();
    expect((await column('wind', 'weather')).description).toBeUndefined();
    expect((await column('date', 'weather')).description).toBe('local day');
  });

  it('R16: refuses what is no description', async () => {
    const bodies = [
      { columns: { rain: 'mm' } },
      { columns: { wind: 7 } },
      { columns: ['wind'] },
      { columns: { wind: 'x'.repeat(2001) } },
      { description: { $ne: '' } },
      { rows: 0 },
    ];
    for (const body of bodies) {
      const { body: answer } = await test.owner.patch('/tables/weather', body).expect(400);
      expect(answer.errors[0].pointer).toMatch(/^\/(columns|description|rows)/);
    }
    await test.owner.patch('/tables/nothing', { description: 'x' }).expect(404);
  });

  it('gives schemas to those who check SQL and files to those who run it', async () => {
    const tables = test.app.nest.get(TablesService);
    const schemas = await tables.schemas(test.workspaceId);
    expect(schemas.map((each) => each.table).sort()).toEqual(['stocks', 'weather']);
    const [snapshot] = await tables.snapshot(test.workspaceId, ['stocks']);
    expect(snapshot).toMatchObject({ table: 'stocks', version: 1, locations: [expect.stringMatching(/^file:/)] });
    await expect(tables.snapshot(test.workspaceId, ['nothing'])).rejects.toThrow('There is no table "nothing"');
    await expect(tables.snapshot('another-workspace', ['stocks'])).rejects.toThrow('There is no table');
  });
});
