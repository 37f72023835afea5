import { type Kysely, sql } from 'kysely';

/** Passages know the kind of their document, so that searches are filtered by it before they count. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .alterTable('passages')
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await sql`update passages set kind = (
    select documents.kind from documents
    where documents.workspace_id = passages.workspace_id and documents.document_id = passages.document_id
  )`.execute(schema);
}
