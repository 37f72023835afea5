import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { problem } from '../../platform/errors/problem.js';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { pageOf } from '../../platform/paging/page.js';
import { secretHash } from '../../platform/security/secret-hash.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import { AccessChanges } from '../access/access-changes.js';
import type { Caller } from '../access/caller.js';
import type { Permission } from '../access/permissions.js';
import { AuditLog } from '../audit/audit.log.js';
import { ApiToken, ApiTokenPage, CreateApiToken, CreatedApiToken } from './api-token.dto.js';
import { ApiTokensRepository, type ApiTokenRow } from './api-tokens.repository.js';

export class ApiTokenNotFound extends problem({
  slug: 'api-token-not-found',
  title: 'API token not found',
  status: 404,
  help: 'GET /api/v1/api-tokens lists your tokens in this workspace.',
}) {
  constructor(id: string) {
    super(`You have no active API token ${id} in this workspace.`);
  }
}

/** What a valid token stands for. */
export interface TokenGrant {
  readonly tokenId: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly scopes: ReadonlySet<Permission>;
}

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
    await this.database.transaction(async (transaction) => {
      await this.tokens.insert(transaction, row);
      await this.audit.record(
        { ...caller, action: 'api_token.created', object: row.id, outcome: 'allowed' },
        transaction,
      );
    });
    return { ...shown(row), token: secret };
  }

  async list(caller: Caller, page: PageQuery): Promise<ApiTokenPage> {
    const scope = `api-tokens/${caller.workspaceId}/${caller.userId}`;
    const before =
      page.cursor === undefined
        ? undefined
        : this.cursors.decode<{ created_at: string; id: string }>(scope, page.cursor);
    const rows = await this.tokens.list(caller.workspaceId, caller.userId, page.limit + 1, before);
    return pageOf(rows, page.limit, shown, ({ created_at, id }) => this.cursors.encode(scope, { created_at, id }));
  }

  async revoke(caller: Caller, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const revoked = await this.tokens.revoke(
        transaction,
        caller.workspaceId,
        caller.userId,
        id,
        this.clock.now().toISOString(),
      );
      if (!revoked) throw new ApiTokenNotFound(id);
      await this.changes.announce(transaction);
      await this.audit.record({ ...caller, action: 'api_token.revoked', object: id, outcome: 'allowed' }, transaction);
    });
  }
}

function shown(row: ApiTokenRow): ApiToken {
  const { id, name, prefix, scopes, created_at, expires_at, last_used_at, revoked_at } = row;
  return { id, name, prefix, scopes: JSON.parse(scopes) as string[], created_at, expires_at, last_used_at, revoked_at };
}
