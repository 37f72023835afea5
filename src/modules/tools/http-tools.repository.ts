import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

export interface HttpToolRow {
  workspace_id: string;
  name: string;
  /** JSON of `HttpToolDefinition`. */
  definition: string;
  sealed_secret: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

interface HttpToolTables {
  http_tools: HttpToolRow;
}

type ToolKey = Pick<HttpToolRow, 'workspace_id' | 'name'>;
type Transacting = Database | DatabaseTransaction;

const secretsAtOnce = 500;

/** The tools that a workspace has registered. */
@Injectable()
export class HttpToolsRepository {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string, name: string, within: Transacting = this.database): Promise<HttpToolRow | undefined> {
    return this.rows(workspaceId, within).where('name', '=', name).executeTakeFirst();
  }

  /** By name. */
  async all(workspaceId: string): Promise<HttpToolRow[]> {
    return this.rows(workspaceId, this.database).orderBy('name').execute();
  }

  /** False when there is one with this name. */
  async insert(transaction: DatabaseTransaction, row: HttpToolRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await transaction
      .tables<HttpToolTables>()
      .insertInto('http_tools')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** False when the row has another version than the one before by now, or is gone. */
  async update(transaction: DatabaseTransaction, { workspace_id, name, ...change }: HttpToolRow): Promise<boolean> {
    const { numUpdatedRows } = await transaction
      .tables<HttpToolTables>()
      .updateTable('http_tools')
      .set(change)
      .where('workspace_id', '=', workspace_id)
      .where('name', '=', name)
      .where('version', '=', change.version - 1)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** The sealed secrets of all tools that have one, in any workspace. */
  async *sealed(): AsyncIterable<ToolKey & { readonly sealed_secret: string }> {
    for (let after: ToolKey | undefined = { workspace_id: '', name: '' }; after !== undefined;) {
      const { workspace_id, name }: ToolKey = after;
      const rows = await this.database
        .tables<HttpToolTables>()
        .selectFrom('http_tools')
        .select(['workspace_id', 'name', 'sealed_secret'])
        .where('sealed_secret', 'is not', null)
        .$narrowType<{ sealed_secret: string }>()
        .where(({ eb, or, and }) =>
          or([
            eb('workspace_id', '>', workspace_id),
            and([eb('workspace_id', '=', workspace_id), eb('name', '>', name)]),
          ]),
        )
        .orderBy('workspace_id')
        .orderBy('name')
        .limit(secretsAtOnce)
        .execute();
      yield* rows;
      after = rows.at(-1);
    }
  }

  /** Replaces a sealed secret by the same one sealed anew; false when it is another one by now. */
  async reseal({ workspace_id, name }: ToolKey, before: string, after: string): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .tables<HttpToolTables>()
      .updateTable('http_tools')
      .set({ sealed_secret: after })
      .where('workspace_id', '=', workspace_id)
      .where('name', '=', name)
      .where('sealed_secret', '=', before)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async delete(transaction: DatabaseTransaction, { workspace_id, name }: HttpToolRow): Promise<void> {
    await transaction
      .tables<HttpToolTables>()
      .deleteFrom('http_tools')
      .where('workspace_id', '=', workspace_id)
      .where('name', '=', name)
      .execute();
  }

  private rows(workspaceId: string, within: Transacting) {
    return within.tables<HttpToolTables>().selectFrom('http_tools').selectAll().where('workspace_id', '=', workspaceId);
  }
}
