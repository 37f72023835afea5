import type { Kysely } from 'kysely';

/** What sources brought, the passages that it is searched by, and their vectors. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await createDocuments(schema);
  await createPassages(schema);
}

async function createDocuments(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('documents')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('document_id', 'text', (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('external_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('title', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('author', 'text')
    .addColumn('author_key', 'text')
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('container', 'text', (column) => column.notNull())
    .addColumn('parts', 'text')
    .addColumn('metadata', 'text', (column) => column.notNull())
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('search_hash', 'text', (column) => column.notNull())
    .addColumn('generation', 'integer', (column) => column.notNull())
    .addColumn('indexed_as', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('documents_key', ['workspace_id', 'document_id'])
    .execute();
  await index(schema, 'documents', 'by_external_id', ['workspace_id', 'source_id', 'external_id'], true);
  await index(schema, 'documents', 'by_generation', ['workspace_id', 'source_id', 'generation']);
  await index(schema, 'documents', 'by_time', ['workspace_id', 'updated_at', 'document_id']);
  await index(schema, 'documents', 'by_index', ['workspace_id', 'indexed_as', 'document_id']);
}

async function createPassages(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('passages')
    .addColumn('passage_id', 'integer', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('document_id', 'text', (column) => column.notNull())
    .addColumn('start_offset', 'integer', (column) => column.notNull())
    .addColumn('end_offset', 'integer', (column) => column.notNull())
    .addColumn('author_key', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addForeignKeyConstraint(
      'passages_of_document',
      ['workspace_id', 'document_id'],
      'documents',
      ['workspace_id', 'document_id'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
  await index(schema, 'passages', 'by_document', ['workspace_id', 'document_id']);

  await schema.schema
    .createTable('passage_vectors')
    .addColumn('passage_id', 'integer', (column) =>
      column.primaryKey().references('passages.passage_id').onDelete('cascade'),
    )
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('space', 'text', (column) => column.notNull())
    .addColumn('change', 'integer', (column) => column.notNull())
    .addColumn('vector', 'blob')
    .execute();
  await index(schema, 'passage_vectors', 'by_change', ['workspace_id', 'space', 'change', 'passage_id']);

  await schema.schema
    .createTable('passage_changes')
    .addColumn('workspace_id', 'text', (column) => column.primaryKey())
    .addColumn('changes', 'integer', (column) => column.notNull())
    .addColumn('removals', 'integer', (column) => column.notNull())
    .execute();
}

async function index(
  schema: Kysely<unknown>,
  table: string,
  name: string,
  columns: readonly string[],
  unique = false,
): Promise<void> {
  const creation = schema.schema
    .createIndex(`${table}_${name}`)
    .on(table)
    .columns([...columns]);
  await (unique ? creation.unique() : creation).execute();
}
