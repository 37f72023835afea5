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

/** A token with the e-mail address of its owner. */
export interface OwnedApiTokenRow extends ApiTokenRow {
  user_email: string;
}

interface ApiTokenTables {
  api_tokens: ApiTokenRow;
}

interface OwnedTables extends ApiTokenTables {
  /** Read here, kept by the users. */
  users: { id: string; email: string };
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

  /** The workspace's tokens, or one user's of them, newest first, older than `before`. */
  async list(
    workspaceId: string,
    userId: string | undefined,
    limit: number,
    before?: Pick<ApiTokenRow, 'created_at' | 'id'>,
  ): Promise<OwnedApiTokenRow[]> {
    let query = this.owned(workspaceId, this.database)
      .orderBy('api_tokens.created_at', 'desc')
      .orderBy('api_tokens.id', 'desc')
      .limit(limit);
    if (userId !== undefined) query = query.where('api_tokens.user_id', '=', userId);
    if (before) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('api_tokens.created_at', 'api_tokens.id'), '<', tuple(before.created_at, before.id)),
      );
    }
    return query.execute();
  }

  async findOwned(
    transaction: DatabaseTransaction,
    workspaceId: string,
    id: string,
  ): Promise<OwnedApiTokenRow | undefined> {
    return this.owned(workspaceId, transaction).where('api_tokens.id', '=', id).executeTakeFirst();
  }

  /** Revokes one token, or all that the user has in the workspace; returns how many were not revoked yet. */
  async revoke(
    transaction: DatabaseTransaction,
    { workspaceId, userId, id }: { workspaceId: string; userId: string; id?: string },
    now: string,
  ): Promise<number> {
    let update = transaction
      .tables<ApiTokenTables>()
      .updateTable('api_tokens')
      .set({ revoked_at: now })
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .where('revoked_at', 'is', null);
    if (id !== undefined) update = update.where('id', '=', id);
    return Number((await update.executeTakeFirst()).numUpdatedRows);
  }

  async touch(id: string, now: string): Promise<void> {
    await this.tables().updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', id).execute();
  }

  private owned(workspaceId: string, within: Database | DatabaseTransaction) {
    return within
      .tables<OwnedTables>()
      .selectFrom('api_tokens')
      .innerJoin('users', 'users.id', 'api_tokens.user_id')
      .selectAll('api_tokens')
      .select('users.email as user_email')
      .where('api_tokens.workspace_id', '=', workspaceId);
  }

  private tables() {
    return this.database.tables<ApiTokenTables>();
  }
}
