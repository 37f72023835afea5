import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

export interface ApiTokenRow {
  id: string;
  workspace_id: string;
  user_id: string;
  name: string;
  /** The first characters of the secret, by which its owner recognises it. */
  prefix: string;
  /** SHA-256 of the secret, hexadecimal. */
  secret_hash: string;
  /** JSON array of permissions. */
  scopes: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
}

interface ApiTokenTables {
  api_tokens: ApiTokenRow;
}

@Injectable()
export class ApiTokensRepository {
  constructor(private readonly database: Database) {}

  async findByHash(secretHash: string): Promise<ApiTokenRow | undefined> {
    return this.tables().selectFrom('api_tokens').selectAll().where('secret_hash', '=', secretHash).executeTakeFirst();
  }

  async find(id: string): Promise<ApiTokenRow | undefined> {
    return this.tables().selectFrom('api_tokens').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async insert(transaction: DatabaseTransaction, token: ApiTokenRow): Promise<void> {
    await transaction.tables<ApiTokenTables>().insertInto('api_tokens').values(token).execute();
  }

  /** One user's tokens of one workspace, newest first, older than `before`. */
  async list(
    workspaceId: string,
    userId: string,
    limit: number,
    before?: { created_at: string; id: string },
  ): Promise<ApiTokenRow[]> {
    let query = this.tables()
      .selectFrom('api_tokens')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    if (before) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('created_at', 'id'), '<', tuple(before.created_at, before.id)),
      );
    }
    return query.execute();
  }

  /** False when the user has no such token that is not revoked yet. */
  async revoke(
    transaction: DatabaseTransaction,
    workspaceId: string,
    userId: string,
    id: string,
    now: string,
  ): Promise<boolean> {
    const { numUpdatedRows } = await transaction
      .tables<ApiTokenTables>()
      .updateTable('api_tokens')
      .set({ revoked_at: now })
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async touch(id: string, now: string): Promise<void> {
    await this.tables().updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', id).execute();
  }

  private tables() {
    return this.database.tables<ApiTokenTables>();
  }
}
