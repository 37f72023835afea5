import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Catalog, CatalogColumn, CatalogTable } from '../../src/providers/catalog/catalog.js';
import { UnknownColumn } from '../../src/providers/catalog/errors.js';

const amount: CatalogColumn = {
  name: 'amount',
  type: 'decimal(12,2)',
  nullable: true,
  distinct: 3,
  null_fraction: 0.25,
  min: '-1.00',
  max: '9999999999.99',
  top_values: [{ value: '1.00', count: 2 }],
};

function aTable(table: string, changes: Partial<CatalogTable> = {}): CatalogTable {
  return {
    table,
    columns: [{ name: 'id', type: 'bigint', nullable: false }, amount],
    rows: 4,
    bytes: 1234,
    object_keys: [`workspaces/w/datasets/${table}/1/data.parquet`],
    data_version: 1,
    updated_at: '2026-11-21T08:00:00.000Z',
    ...changes,
  };
}

/** What every catalog promises. `open` gives an empty catalog. */
export function catalogContract(name: string, open: () => Promise<Catalog>): void {
  describe(`${name}: the promises of a catalog`, () => {
    let catalog: Catalog;

    beforeEach(async () => {
      catalog = await open();
    });

    it('gives a sign of life', async () => {
      await expect(catalog.ping()).resolves.toBeUndefined();
    });

    it('gives back what was put, by a name in any case', async () => {
      await catalog.put('w', aTable('orders'));
      expect(await catalog.get('w', 'ORDERS')).toEqual(aTable('orders'));
      expect(await catalog.get('w', 'order')).toBeUndefined();
    });

    it('replaces a definition', async () => {
      await catalog.put('w', aTable('orders'));
      await catalog.put('w', aTable('orders', { rows: 5, data_version: 2 }));
      expect(await catalog.all('w')).toEqual([aTable('orders', { rows: 5, data_version: 2 })]);
    });

    it('R2: shows a table only to its workspace, in every method', async () => {
      await catalog.put('mine', aTable('orders', { description: 'mine' }));
      expect(await catalog.get('other', 'orders')).toBeUndefined();
      expect(await catalog.all('other')).toEqual([]);
      expect(await catalog.list('other', { limit: 10, search: 'orders' })).toEqual({ items: [], after: null });
      expect(await catalog.describe('other', 'orders', { description: 'theirs' })).toBeUndefined();
      await catalog.delete('other', 'orders');
      await catalog.put('other', aTable('orders', { rows: 99 }));
      expect(await catalog.get('mine', 'orders')).toEqual(aTable('orders', { description: 'mine' }));
    });

    it('pages through the tables in name order', async () => {
      for (const table of ['d', 'b', 'a', 'c', 'e']) await catalog.put('w', aTable(table));
      const pages: string[][] = [];
      let after: string | null | undefined;
      do {
        const page = await catalog.list('w', { limit: 2, after: after ?? undefined });
        pages.push(page.items.map(({ table }) => table));
        after = page.after;
      } while (after !== null);
      expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    });

    it('finds tables by their names, columns and descriptions, and takes wildcards as they are', async () => {
      await catalog.put('w', aTable('orders', { description: 'Käufe, 100% of them' }));
      await catalog.put('w', aTable('visits', { columns: [{ name: 'page_views', type: 'bigint', nullable: true }] }));
      const found = async (search: string) =>
        (await catalog.list('w', { limit: 10, search })).items.map(({ table }) => table);
      expect(await found('ORD')).toEqual(['orders']);
      expect(await found('amount')).toEqual(['orders']);
      expect(await found('KÄUFE')).toEqual(['orders']);
      expect(await found('0%')).toEqual(['orders']);
      expect(await found('e_v')).toEqual(['visits']);
      expect(await found('i_i')).toEqual([]);
      expect(await found('\\')).toEqual([]);
    });

    it('keeps what people wrote over every later definition, even one without the column for a while', async () => {
      await catalog.put('w', aTable('orders', { description: 'found by the crawl' }));
      await catalog.describe('w', 'Orders', { description: 'All orders', columns: { amount: 'In euro' } });
      await catalog.put('w', aTable('orders', { columns: [{ name: 'id', type: 'bigint', nullable: false }] }));
      await catalog.put('w', aTable('orders', { description: 'found again' }));
      const table = await catalog.get('w', 'orders');
      expect(table?.description).toBe('All orders');
      expect(table?.columns.map(({ description }) => description)).toEqual([undefined, 'In euro']);
      expect((await catalog.list('w', { limit: 1, search: 'in euro' })).items).toHaveLength(1);
    });

    it('changes only the descriptions that are named, and removes those that are null', async () => {
      await catalog.put('w', aTable('orders', { description: 'found by the crawl' }));
      await catalog.describe('w', 'orders', {
        description: 'All orders',
        columns: { id: 'Number', amount: 'In euro' },
      });
      const changed = await catalog.describe('w', 'orders', { description: null, columns: { id: null } });
      expect(changed?.description).toBe('found by the crawl');
      expect(changed?.columns.map(({ description }) => description)).toEqual([undefined, 'In euro']);
      expect(await catalog.get('w', 'orders')).toEqual(changed);
    });

    it('refuses to describe a column that is not there, and names those that are', async () => {
      await catalog.put('w', aTable('orders'));
      for (const column of ['amout', 'constructor', '__proto__']) {
        const columns = JSON.parse(`{"amount":"In euro","${column}":"?"}`) as Record<string, string>;
        const refused = await catalog.describe('w', 'orders', { columns }).catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(UnknownColumn);
        expect((refused as Error).message).toContain('id, amount');
      }
      expect(await catalog.get('w', 'orders')).toEqual(aTable('orders'));
    });

    it('forgets a deleted table with what was written about it', async () => {
      await catalog.put('w', aTable('orders'));
      await catalog.describe('w', 'orders', { description: 'All orders' });
      await catalog.delete('w', 'ORDERS');
      await catalog.delete('w', 'orders');
      expect(await catalog.get('w', 'orders')).toBeUndefined();
      await catalog.put('w', aTable('orders'));
      expect(await catalog.get('w', 'orders')).toEqual(aTable('orders'));
    });

    it('forgets all tables of one workspace, and none of another', async () => {
      for (const table of ['a', 'b']) await catalog.put('w', aTable(table));
      await catalog.put('other', aTable('a'));
      await catalog.deleteAll('w');
      await catalog.deleteAll('w');
      expect(await catalog.all('w')).toEqual([]);
      expect(await catalog.all('other')).toEqual([aTable('a')]);
      await catalog.put('w', aTable('a'));
      expect(await catalog.all('w')).toEqual([aTable('a')]);
    });

    it('loses no description when several people write at once', async () => {
      const names = Array.from({ length: 20 }, (_, index) => `c${index}`);
      const columns = names.map((column): CatalogColumn => ({ name: column, type: 'bigint', nullable: true }));
      await catalog.put('w', aTable('wide', { columns }));
      await Promise.all(names.map((column) => catalog.describe('w', 'wide', { columns: { [column]: column } })));
      const described = (await catalog.get('w', 'wide'))?.columns.map(({ description }) => description);
      expect(described).toEqual(names);
    });
  });
}
