import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { InvitationStatus } from './invitation.dto.js';

export interface InvitationRow {
  /** Begins with the time, so that the order of ids is the order of creation. */
  id: string;
  workspace_id: string;
  /** As the inviter wrote it. */
  email: string;
  /** Normalised. */
  email_key: string;
  /** A built-in role's name, or the id of one of the workspace's own. */
  role: string;
  /** SHA-256 of the token, hexadecimal. */
  token_hash: string;
  invited_by: string;
  created_at: string;
  expires_at: string;
  accepted_at: string | null;
  revoked_at: string | null;
}

interface InvitationTables {
  invitations: InvitationRow;
}

type Transacting = Database | DatabaseTransaction;

export function statusOf({ accepted_at, revoked_at, expires_at }: InvitationRow, now: Date): InvitationStatus {
  if (accepted_at !== null) return 'accepted';
  if (revoked_at !== null) return 'revoked';
  return Date.parse(expires_at) <= now.getTime() ? 'expired' : 'pending';
}

@Injectable()
export class InvitationsRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: DatabaseTransaction, row: InvitationRow): Promise<void> {
    await transaction.tables<InvitationTables>().insertInto('invitations').values(row).execute();
  }

  async find(transaction: DatabaseTransaction, workspaceId: string, id: string): Promise<InvitationRow | undefined> {
    return this.rows(transaction).where('workspace_id', '=', workspaceId).where('id', '=', id).executeTakeFirst();
  }

  async findByToken(tokenHash: string, within: Transacting = this.database): Promise<InvitationRow | undefined> {
    return this.rows(within).where('token_hash', '=', tokenHash).executeTakeFirst();
  }

  /** The one invitation of the address to the workspace that could be accepted. */
  async findPending(
    transaction: DatabaseTransaction,
    workspaceId: string,
    emailKey: string,
    now: Date,
  ): Promise<InvitationRow | undefined> {
    return this.withStatus(this.rows(transaction), 'pending', now)
      .where('workspace_id', '=', workspaceId)
      .where('email_key', '=', emailKey)
      .executeTakeFirst();
  }

  /** Newest first, older than `before`. */
  async list(
    workspaceId: string,
    { status, now, limit, before }: { status?: InvitationStatus; now: Date; limit: number; before?: string },
  ): Promise<InvitationRow[]> {
    let query = this.rows(this.database).where('workspace_id', '=', workspaceId).orderBy('id', 'desc').limit(limit);
    if (status !== undefined) query = this.withStatus(query, status, now);
    return (before === undefined ? query : query.where('id', '<', before)).execute();
  }

  /** False when it has been accepted or revoked meanwhile. */
  async end(
    transaction: DatabaseTransaction,
    id: string,
    how: Partial<Pick<InvitationRow, 'accepted_at' | 'revoked_at'>>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await transaction
      .tables<InvitationTables>()
      .updateTable('invitations')
      .set(how)
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  private withStatus(query: ReturnType<InvitationsRepository['rows']>, status: InvitationStatus, now: Date) {
    if (status === 'accepted') return query.where('accepted_at', 'is not', null);
    if (status === 'revoked') return query.where('revoked_at', 'is not', null).where('accepted_at', 'is', null);
    return query
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('expires_at', status === 'pending' ? '>' : '<=', now.toISOString());
  }

  private rows(within: Transacting) {
    return within.tables<InvitationTables>().selectFrom('invitations').selectAll();
  }
}
