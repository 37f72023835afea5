import type { Kysely } from 'kysely';

/** Uploaded files and the previews that are served of them. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('uploads')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('upload_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('resumable', 'integer', (column) => column.notNull())
    .addColumn('received_by', 'text', (column) => column.notNull())
    .addColumn('length', 'bigint')
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text')
    .addColumn('raw_key', 'text')
    .addColumn('dialect', 'text')
    .addColumn('proposal', 'text')
    .addColumn('contract', 'text')
    .addColumn('contract_version', 'integer', (column) => column.notNull())
    .addColumn('dataset', 'text')
    .addColumn('error', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('uploads_key', ['workspace_id', 'upload_id'])
    .execute();
  await schema.schema
    .createIndex('uploads_by_time')
    .on('uploads')
    .columns(['workspace_id', 'created_at', 'upload_id'])
    .execute();
  await schema.schema.createIndex('uploads_by_expiry').on('uploads').columns(['status', 'expires_at']).execute();

  await schema.schema
    .createTable('upload_previews')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('upload_id', 'text', (column) => column.notNull())
    .addColumn('etag', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('rows', 'text', (column) => column.notNull())
    .addColumn('row_count', 'integer', (column) => column.notNull())
    .addColumn('truncated', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('upload_previews_key', ['workspace_id', 'upload_id'])
    .addForeignKeyConstraint(
      'upload_previews_upload',
      ['workspace_id', 'upload_id'],
      'uploads',
      ['workspace_id', 'upload_id'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
}
