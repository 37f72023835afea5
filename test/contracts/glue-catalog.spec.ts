import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CatalogColumn, CatalogTable } from '../../src/providers/catalog/catalog.js';
import { CatalogUnavailable } from '../../src/providers/catalog/errors.js';
import { createGlueClient } from '../../src/providers/catalog/glue/glue-client.js';
import { GlueCatalog } from '../../src/providers/catalog/glue/glue.catalog.js';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import { LocalFilesObjectStore } from '../../src/providers/object-store/local-files/local-files.object-store.js';
import { FakeGlue } from '../support/aws/glue/fake-glue.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { catalogContract } from './catalog.contract.js';

const createFolder = temporaryFolders();
let fake: FakeGlue;
let objectStore: LocalFilesObjectStore;

async function open(): Promise<GlueCatalog> {
  const folder = createFolder();
  objectStore = await LocalFilesObjectStore.open(join(folder, 'objects'), join(folder, 'scratch'));
  const options = { databasePrefix: 'tabletalk_' };
  return new GlueCatalog(createGlueClient(fake.clientConfig), objectStore, new SystemClock(), options);
}

beforeEach(async () => {
  fake = await FakeGlue.start();
  // Listings in several pages.
  fake.tables.pageSize = 2;
});

afterEach(() => fake.close());

catalogContract('GlueCatalog', open);

describe('GlueCatalog', () => {
  let catalog: GlueCatalog;
  const columns: readonly CatalogColumn[] = [
    { name: 'id', type: 'bigint', nullable: false },
    { name: 'total', type: 'decimal(12,2)', nullable: true },
    { name: 'name', type: 'varchar', nullable: true },
    { name: 'seen', type: 'timestamp with time zone', nullable: true },
  ];
  const orders: CatalogTable = {
    table: 'orders',
    columns,
    rows: 4,
    bytes: 1234,
    object_keys: ['workspaces/w/datasets/orders/1/a.parquet', 'workspaces/w/datasets/orders/2/b.parquet'],
    data_version: 2,
    updated_at: '2026-11-21T08:00:00.000Z',
  };
  const stored = (table = 'orders') => fake.tables.find('tabletalk_w', table).input;
  const manifest = () => text(createReader(stored().StorageDescriptor!.Location!));
  const createReader = async function* (location: string) {
    yield* await objectStore.get(objectStore.keyOf(`${location}manifest`));
  };

  beforeEach(async () => {
    catalog = await open();
  });

  it('shows Athena the columns, and exactly the files that are the table', async () => {
    await catalog.put('w', orders);
    expect(stored().StorageDescriptor).toMatchObject({
      Columns: [
        { Name: 'id', Type: 'bigint' },
        { Name: 'total', Type: 'decimal(12,2)' },
        { Name: 'name', Type: 'string' },
        { Name: 'seen', Type: 'timestamp' },
      ],
      InputFormat: 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat',
    });
    expect((await manifest()).trim().split('\n')).toEqual(orders.object_keys.map((key) => objectStore.location(key)));
  });

  it('leaves what a statement began with where it is, until the table is deleted', async () => {
    await catalog.put('w', orders);
    const before = stored().StorageDescriptor!.Location!;
    await catalog.put('w', { ...orders, object_keys: ['workspaces/w/datasets/orders/3/c.parquet'], data_version: 3 });
    expect(stored().StorageDescriptor!.Location).not.toBe(before);
    expect(await text(createReader(before))).toContain('2/b.parquet');
    await catalog.delete('w', 'orders');
    for await (const left of objectStore.list('workspaces/w/catalog/')) expect(left).toBeUndefined();
  });

  it('shows descriptions to other tools as far as Glue takes them, and keeps them whole', async () => {
    await catalog.put('w', orders);
    const long = 'é\n'.repeat(2_000);
    await catalog.describe('w', 'orders', { description: long, columns: { total: long } });
    expect(stored().Description).toHaveLength(2048);
    expect(stored().StorageDescriptor!.Columns![1]!.Comment).toHaveLength(255);
    expect(await catalog.get('w', 'orders')).toMatchObject({ description: long });
  });

  it('takes the widest table that can be uploaded', async () => {
    const value = (index: number) => createHash('sha512').update(String(index)).digest('base64');
    const wide = Array.from({ length: 2_000 }, (_, index): CatalogColumn => {
      const top_values = Array.from({ length: 10 }, (_each, rank) => ({
        value: value(index * 10 + rank),
        count: rank,
      }));
      return { name: `column_${index}`, type: 'varchar', nullable: true, top_values };
    });
    await catalog.put('w', { ...orders, columns: wide });
    expect((await catalog.get('w', 'orders'))?.columns).toEqual(wide);
    expect(Object.keys(stored().Parameters!)).toContain('tabletalk_content_1');
  });

  it('passes over tables that somebody else has put into the database', async () => {
    await catalog.put('w', orders);
    fake.tables.createTable({ DatabaseName: 'tabletalk_w', TableInput: { Name: 'foreign' } });
    expect(await catalog.get('w', 'foreign')).toBeUndefined();
    expect(await catalog.all('w')).toEqual([orders]);
  });

  it('waits out throttling, and says when Glue stays away', async () => {
    await catalog.put('w', orders);
    const throttled = { name: 'ThrottlingException', status: 400 };
    fake.failNext({ operation: 'GetTable', error: throttled, times: 2 });
    expect(await catalog.get('w', 'orders')).toEqual(orders);
    fake.failNext({ operation: 'GetTable', error: { name: 'InternalServiceException', status: 500 }, times: 5 });
    await expect(catalog.get('w', 'orders')).rejects.toBeInstanceOf(CatalogUnavailable);
    fake.failNext({ operation: 'GetTable', error: { name: 'AccessDeniedException', status: 400 } });
    await expect(catalog.ping()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('does once what was done although the reply was lost', async () => {
    fake.failNext({ operation: 'CreateTable', drop: 'reply' });
    await catalog.put('w', orders);
    fake.failNext({ operation: 'UpdateTable', drop: 'reply' });
    await catalog.describe('w', 'orders', { description: 'All orders' });
    expect(await catalog.all('w')).toEqual([{ ...orders, description: 'All orders', updated_at: expect.any(String) }]);
  });
});
