import type { Kysely } from 'kysely';

/**
 * Items of the embedded item store. Key columns have no affinity (`blob`), so that texts stay texts and numbers
 * numbers: each kind keeps its own order.
 */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('items')
    .addColumn('table_name', 'text', (column) => column.notNull())
    .addColumn('partition_key', 'blob', (column) => column.notNull())
    .addColumn('sort_key', 'blob', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'integer')
    .addPrimaryKeyConstraint('items_key', ['table_name', 'partition_key', 'sort_key'])
    .execute();
  await schema.schema
    .createIndex('items_by_expiry')
    .on('items')
    .columns(['table_name', 'expires_at'])
    .where('expires_at', 'is not', null)
    .execute();

  await schema.schema
    .createTable('item_indexes')
    .addColumn('table_name', 'text', (column) => column.notNull())
    .addColumn('index_name', 'text', (column) => column.notNull())
    .addColumn('index_partition', 'blob', (column) => column.notNull())
    .addColumn('index_sort', 'blob', (column) => column.notNull())
    .addColumn('partition_key', 'blob', (column) => column.notNull())
    .addColumn('sort_key', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('item_indexes_key', [
      'table_name',
      'index_name',
      'index_partition',
      'index_sort',
      'partition_key',
      'sort_key',
    ])
    .execute();
  await schema.schema
    .createIndex('item_indexes_by_item')
    .on('item_indexes')
    .columns(['table_name', 'partition_key', 'sort_key'])
    .execute();
}
