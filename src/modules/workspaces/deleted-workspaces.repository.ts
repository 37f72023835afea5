import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { WorkspaceTables } from './workspaces.repository.js';

/** For what outlives a workspace. */
const kept: ReadonlySet<string> = new Set(['audit_events']);

type WorkspaceRows = Record<string, { workspace_id: string }>;

/** Deleted workspaces, and every row of every table that belongs to one. */
@Injectable()
export class DeletedWorkspacesRepository {
  constructor(private readonly database: Database) {}

  async ids(): Promise<string[]> {
    return (await this.deleted().execute()).map(({ id }) => id);
  }

  /** Those whose time to be restored is over. */
  async idsToPurge(now: string): Promise<string[]> {
    return (await this.deleted().where('purge_at', '<=', now).execute()).map(({ id }) => id);
  }

  /** From then on nobody can restore it any more. False when somebody has just done so. */
  async seal(transaction: DatabaseTransaction, workspaceId: string, now: string): Promise<boolean> {
    const tables = transaction.tables<WorkspaceTables>();
    const { numUpdatedRows } = await tables
      .updateTable('workspaces')
      .set({ version: sql`version` })
      .where('id', '=', workspaceId)
      .where('purge_at', '<=', now)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await tables.deleteFrom('memberships').where('workspace_id', '=', workspaceId).execute();
    return true;
  }

  /** Every table whose rows belong to workspaces, by the column `workspace_id`. What refers to such rows goes with them. */
  async tables(): Promise<string[]> {
    const tables = await this.database.tables<unknown>().introspection.getTables();
    return tables
      .filter(({ name, isView, columns }) => !isView && !kept.has(name) && columns.some(isWorkspaceId))
      .map(({ name }) => name);
  }

  /** Deletes at most so many of the workspace's rows; returns how many. */
  async deleteRows(
    transaction: DatabaseTransaction,
    table: string,
    workspaceId: string,
    limit: number,
  ): Promise<number> {
    const rowId = sql.ref(this.database.rowIdentity);
    const tables = transaction.tables<WorkspaceRows>();
    const some = tables
      .selectFrom(table)
      .select(rowId.as('row_id'))
      .where('workspace_id', '=', workspaceId)
      .limit(limit);
    const { numDeletedRows } = await tables.deleteFrom(table).where(rowId, 'in', some).executeTakeFirst();
    return Number(numDeletedRows);
  }

  async deleteWorkspace(transaction: DatabaseTransaction, workspaceId: string): Promise<void> {
    await transaction.tables<WorkspaceTables>().deleteFrom('workspaces').where('id', '=', workspaceId).execute();
  }

  private deleted() {
    return this.database
      .tables<WorkspaceTables>()
      .selectFrom('workspaces')
      .select('id')
      .where('deleted_at', 'is not', null)
      .orderBy('purge_at');
  }
}

function isWorkspaceId({ name }: { readonly name: string }): boolean {
  return name === 'workspace_id';
}
