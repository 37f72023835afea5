import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { problem } from '../../platform/errors/problem.js';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import { secretHash } from '../../platform/security/secret-hash.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { AccessChanges } from '../access/access-changes.js';
import type { Caller } from '../access/caller.js';
import { PermissionDenied } from '../access/errors.js';
import type { Permission } from '../access/permissions.js';
import { AuditLog } from '../audit/audit.log.js';
import { ApiToken, ApiTokenPage, ApiTokensQuery, CreateApiToken, CreatedApiToken } from './api-token.dto.js';
import { type ApiTokenRow, ApiTokensRepository, type OwnedApiTokenRow } from './api-tokens.repository.js';

export class ApiTokenNotFound extends problem({
  slug: 'api-token-not-found',
  title: 'API token not found',
  status: 404,
  help: 'GET /api/v1/api-tokens lists your tokens in this workspace.',
}) {
  constructor(id: string) {
    super(`There is no active API token ${id} that you could revoke in this workspace.`);
  }
}

/** What a valid token stands for. */
export interface TokenGrant {
  readonly tokenId: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly scopes: ReadonlySet<Permission>;
}

type Position = Pick<ApiTokenRow, 'created_at' | 'id'>;

const tokenPrefix = 'tt_';
const touchEveryMs = 60_000;

/** Long-lived credentials for programs: scoped, bound to one workspace, stored as hashes. */
@Injectable()
export class ApiTokensService {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
    private readonly changes: AccessChanges,
    private readonly clock: Clock,
  ) {}

  static looksLikeToken(bearer: string): boolean {
    return bearer.startsWith(tokenPrefix);
  }

  /** Undefined when the secret belongs to no token, or to one that is revoked or expired. */
  async authenticate(secret: string): Promise<TokenGrant | undefined> {
    const token = await this.tokens.findByHash(secretHash(secret));
    const now = this.clock.now();
    if (!token || token.revoked_at !== null) return undefined;
    if (token.expires_at !== null && Date.parse(token.expires_at) <= now.getTime()) return undefined;
    if (token.last_used_at === null || now.getTime() - Date.parse(token.last_used_at) > touchEveryMs) {
      await this.tokens.touch(token.id, now.toISOString());
    }
    return {
      tokenId: token.id,
      userId: token.user_id,
      workspaceId: token.workspace_id,
      scopes: new Set(JSON.parse(token.scopes) as Permission[]),
    };
  }

  /** Whether the token is neither revoked nor expired. */
  async isLive(id: string): Promise<boolean> {
    const token = await this.tokens.find(id);
    if (!token || token.revoked_at !== null) return false;
    return token.expires_at === null || Date.parse(token.expires_at) > this.clock.now().getTime();
  }

  async create(caller: Caller, input: CreateApiToken): Promise<CreatedApiToken> {
    const now = this.clock.now();
    if (input.expires_at !== undefined && Date.parse(input.expires_at) <= now.getTime()) {
      throw new InvalidRequest([{ pointer: '/expires_at', detail: 'must be in the future' }]);
    }
    const missing = input.scopes.filter((scope) => !caller.permissions.has(scope));
    if (missing.length > 0) {
      throw new InvalidRequest(
        missing.map((scope) => ({ pointer: '/scopes', detail: `${scope} is not among your own permissions` })),
      );
    }
    const secret = `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
    const row: ApiTokenRow = {
      id: newId('tok'),
      workspace_id: caller.workspaceId,
      user_id: caller.userId,
      name: input.name,
      prefix: secret.slice(0, 9),
      secret_hash: secretHash(secret),
      scopes: JSON.stringify(input.scopes),
      created_at: now.toISOString(),
      expires_at: input.expires_at === undefined ? null : new Date(input.expires_at).toISOString(),
      last_used_at: null,
      revoked_at: null,
    };
    const created = await this.database.transaction(async (transaction) => {
      await this.tokens.insert(transaction, row);
      await this.audit.record(
        { ...caller, action: 'api_token.created', object: row.id, outcome: 'allowed' },
        transaction,
      );
      return this.tokens.findOwned(transaction, caller.workspaceId, row.id);
    });
    return { ...shown(created!), token: secret };
  }

  /** The caller's own tokens, or everybody's for those who may change members. */
  async list(caller: Caller, { limit, cursor, owner }: ApiTokensQuery): Promise<ApiTokenPage> {
    const { workspaceId, userId, permissions } = caller;
    if (owner === 'all' && !permissions.has('members:write')) throw new PermissionDenied('members:write');
    const scope = `api-tokens/${workspaceId}/${owner === 'all' ? 'all' : userId}`;
    const before = cursor === undefined ? undefined : this.cursors.decode<Position>(scope, cursor);
    const rows = await this.tokens.list(workspaceId, owner === 'all' ? undefined : userId, limit + 1, before);
    return pageOf(rows, limit, shown, ({ created_at, id }) =>
      this.cursors.encode(scope, { created_at, id } satisfies Position),
    );
  }

  /** Of one's own tokens, or of anybody's for those who may change members. Throws `ApiTokenNotFound`. */
  async revoke(caller: Caller, id: string): Promise<void> {
    const { workspaceId, userId, permissions } = caller;
    await this.database.transaction(async (transaction) => {
      const token = await this.tokens.findOwned(transaction, workspaceId, id);
      const mayRevoke = token?.user_id === userId || permissions.has('members:write');
      if (!token || token.revoked_at !== null || !mayRevoke) throw new ApiTokenNotFound(id);
      await this.tokens.revoke(transaction, { workspaceId, userId: token.user_id, id }, this.now());
      await this.changes.announce(transaction);
      const detail = { user_id: token.user_id };
      await this.audit.record(
        { ...caller, action: 'api_token.revoked', object: id, outcome: 'allowed', detail },
        transaction,
      );
    });
  }

  /** Revokes what the user has in the workspace, which they are leaving; returns how many. The caller announces it. */
  revokeAll(transaction: DatabaseTransaction, workspaceId: string, userId: string): Promise<number> {
    return this.tokens.revoke(transaction, { workspaceId, userId }, this.now());
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function shown(row: OwnedApiTokenRow): ApiToken {
  const { id, user_id, user_email, name, prefix, created_at, expires_at, last_used_at, revoked_at } = row;
  const scopes = JSON.parse(row.scopes) as string[];
  return { id, user_id, user_email, name, prefix, scopes, created_at, expires_at, last_used_at, revoked_at };
}
