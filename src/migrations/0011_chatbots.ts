import type { Kysely } from 'kysely';

/** Chatbots with every version that they had, and tools that call services over HTTP. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await createChatbots(schema);
  await createTools(schema);
}

async function createChatbots(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('chatbots')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('chatbot_id', 'text', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('is_default', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('chatbots_key', ['workspace_id', 'chatbot_id'])
    .execute();
  await schema.schema
    .createTable('chatbot_versions')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('chatbot_id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('created_at', 'text')
    .addPrimaryKeyConstraint('chatbot_versions_key', ['workspace_id', 'chatbot_id', 'version'])
    .addForeignKeyConstraint(
      'chatbot_versions_chatbot',
      ['workspace_id', 'chatbot_id'],
      'chatbots',
      ['workspace_id', 'chatbot_id'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
}

async function createTools(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('http_tools')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('sealed_secret', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('http_tools_key', ['workspace_id', 'name'])
    .execute();
}
