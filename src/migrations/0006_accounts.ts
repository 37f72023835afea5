import { type Kysely, sql } from 'kysely';

interface Tables {
  users: { id: string; username: string; username_key: string; is_administrator: number };
  memberships: { user_id: string; role: string; created_at: string };
}

/** Administrators of the service, custom roles, invitations, and workspaces that can be deleted and restored. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  const alterUsers = schema.schema.alterTable('users');
  await alterUsers.addColumn('username_key', 'text', (column) => column.notNull().defaultTo('')).execute();
  await alterUsers.addColumn('is_administrator', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  await alterUsers.addColumn('version', 'integer', (column) => column.notNull().defaultTo(1)).execute();
  const tables = schema as Kysely<Tables>;
  await tables
    .updateTable('users')
    .set({ username_key: sql`lower(username)` })
    .execute();
  const first = tables
    .selectFrom('memberships')
    .select('user_id')
    .where('role', '=', 'owner')
    .orderBy('created_at')
    .limit(1);
  await tables.updateTable('users').set({ is_administrator: 1 }).where('id', 'in', first).execute();
  await schema.schema.createIndex('users_by_username').on('users').column('username_key').unique().execute();

  const alterWorkspaces = schema.schema.alterTable('workspaces');
  await alterWorkspaces.addColumn('updated_at', 'text').execute();
  await alterWorkspaces.addColumn('version', 'integer', (column) => column.notNull().defaultTo(1)).execute();
  await alterWorkspaces.addColumn('deleted_at', 'text').execute();
  await alterWorkspaces.addColumn('purge_at', 'text').execute();
  await schema.schema
    .alterTable('memberships')
    .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();

  await schema.schema
    .createTable('roles')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('permissions', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('roles_by_name', ['workspace_id', 'name_key'])
    .execute();

  await schema.schema
    .createTable('invitations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('email_key', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('invited_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('accepted_at', 'text')
    .addColumn('revoked_at', 'text')
    .execute();
  await schema.schema
    .createIndex('invitations_by_workspace')
    .on('invitations')
    .columns(['workspace_id', 'created_at', 'id'])
    .execute();

  await schema.schema
    .createTable('access_changes')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .execute();
  await (schema as Kysely<{ access_changes: { id: number; revision: number } }>)
    .insertInto('access_changes')
    .values({ id: 1, revision: 0 })
    .execute();
}
