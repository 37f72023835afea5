import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import { AccessChanges } from '../access/access-changes.js';
import { AccessHolds } from '../access/access-holds.js';
import type { Caller, Credential, Principal } from '../access/caller.js';
import { NotAuthenticated, NoWorkspace, WorkspaceNotFound } from '../access/errors.js';
import type { Permission } from '../access/permissions.js';
import { ApiTokensService } from '../api-tokens/api-tokens.service.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';

/** Answers may be this old. Half of the second within which a lost right has to take effect. */
const freshForMs = 500;
const maximumRemembered = 10_000;

/** Who holds a token. */
export type Identity = Omit<Principal, 'address'>;
type Rights = Pick<Caller, 'workspaceId' | 'role' | 'permissions'>;

/** A caller as it is kept: a set of scopes is a list there. */
interface StoredCaller extends Pick<Caller, 'userId' | 'workspaceId' | 'address' | 'actingUnder'> {
  readonly credential:
    | Extract<Credential, { kind: 'session' }>
    | (Omit<Extract<Credential, { kind: 'api_token' }>, 'scopes'> & { readonly scopes: readonly Permission[] });
}

interface Remembered<Value> {
  readonly until: number;
  readonly value: Value;
}

/** Turns bearer tokens into users, and users into members of a workspace. */
@Injectable()
export class Authenticator implements OnApplicationBootstrap {
  private readonly identities = new Map<string, Remembered<Identity>>();
  private readonly rights = new Map<string, Remembered<Rights>>();

  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly sessions: SessionsService,
    private readonly apiTokens: ApiTokensService,
    private readonly users: UsersRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly clock: Clock,
    private readonly changes: AccessChanges,
    private readonly holds: AccessHolds,
  ) {}

  onApplicationBootstrap(): void {
    this.changes.listen(() => this.forget());
    this.holds.judgeWith((caller) => this.stillMay(caller));
  }

  /** Who holds the token. Throws `NotAuthenticated`. */
  identify(token: string): Promise<Identity> {
    return this.remembered(this.identities, token, () => this.lookUpIdentity(token));
  }

  /** What the user may do in the named workspace, or in their default one. Throws `WorkspaceNotFound` or `NoWorkspace`. */
  authorise(identity: Identity, workspaceId: string | undefined): Promise<Rights> {
    const key = `${identity.credential.kind}:${identity.credential.id}:${workspaceId ?? ''}`;
    return this.remembered(this.rights, key, () => this.lookUpRights(identity, workspaceId));
  }

  /**
   * The first of the user's workspaces, the default one before all others, that gives them the permission. Undefined when
   * none does.
   */
  async workspaceAllowing({ userId, credential }: Identity, permission: Permission): Promise<string | undefined> {
    const allowing = (await this.workspaces.membershipsOf(userId))
      .filter(({ workspaceId }) => credential.kind === 'session' || credential.workspaceId === workspaceId)
      .find(({ permissions }) => narrowed(permissions, credential).has(permission));
    return allowing?.workspaceId;
  }

  /** What to keep of a caller whose work is done later, perhaps by another process. */
  remember({ userId, credential, workspaceId, address, actingUnder }: Caller): string {
    const scopes = credential.kind === 'api_token' ? { ...credential, scopes: [...credential.scopes] } : credential;
    return JSON.stringify({ userId, credential: scopes, workspaceId, address, actingUnder } satisfies StoredCaller);
  }

  /**
   * The caller of then, with the rights of now. Throws `NotAuthenticated` when the session or token has ended since, or
   * `WorkspaceNotFound`.
   */
  async recall(remembered: string): Promise<Caller> {
    const { userId, credential: stored, workspaceId, address, actingUnder } = JSON.parse(remembered) as StoredCaller;
    const credential = stored.kind === 'api_token' ? { ...stored, scopes: new Set(stored.scopes) } : stored;
    if (!(await this.isLive(userId, credential))) throw new NotAuthenticated('The session or token has ended.');
    const identity = { userId, administrator: await this.isAdministrator(userId), credential };
    return { ...identity, ...(await this.authorise(identity, workspaceId)), address, actingUnder };
  }

  private forget(): void {
    this.identities.clear();
    this.rights.clear();
  }

  /** Whether the caller still is who they were, and still has the right under which they act. */
  private async stillMay({ userId, credential, workspaceId, actingUnder }: Caller): Promise<boolean> {
    if (!(await this.isLive(userId, credential)) || (await this.users.find(userId))?.is_active !== 1) return false;
    const membership = await this.workspaces.membership(userId, workspaceId);
    return membership !== undefined && narrowed(membership.permissions, credential).has(actingUnder);
  }

  private isLive(userId: string, { kind, id }: Pick<Credential, 'kind' | 'id'>): Promise<boolean> {
    return kind === 'session' ? this.sessions.isLive(userId, id) : this.apiTokens.isLive(id);
  }

  private async lookUpIdentity(token: string): Promise<Identity> {
    const { userId, credential } = ApiTokensService.looksLikeToken(token)
      ? await this.byApiToken(token)
      : await this.byAccessToken(token);
    return { userId, administrator: await this.isAdministrator(userId), credential };
  }

  /** Throws `NotAuthenticated` for an account that is disabled. */
  private async isAdministrator(userId: string): Promise<boolean> {
    const user = await this.users.find(userId);
    if (user?.is_active !== 1) throw new NotAuthenticated('The account is disabled.');
    return user.is_administrator === 1;
  }

  private async byAccessToken(token: string): Promise<{ userId: string; credential: Credential }> {
    const claims = await this.accessTokens.verify(token);
    if (!claims) throw new NotAuthenticated('The access token is not valid or has expired.');
    if (!(await this.sessions.isLive(claims.userId, claims.sessionId)))
      throw new NotAuthenticated('The session has ended.');
    return { userId: claims.userId, credential: { kind: 'session', id: claims.sessionId } };
  }

  private async byApiToken(token: string): Promise<{ userId: string; credential: Credential }> {
    const grant = await this.apiTokens.authenticate(token);
    if (!grant) throw new NotAuthenticated('The API token is not valid, has expired or was revoked.');
    const { tokenId, userId, workspaceId, scopes } = grant;
    return { userId, credential: { kind: 'api_token', id: tokenId, workspaceId, scopes } };
  }

  private async lookUpRights({ userId, credential }: Identity, requested: string | undefined): Promise<Rights> {
    const workspaceId = credential.kind === 'api_token' ? credential.workspaceId : requested;
    const foreign = requested !== undefined && requested !== workspaceId;
    const membership = foreign ? undefined : await this.workspaces.membership(userId, workspaceId);
    if (!membership) {
      const named = requested ?? workspaceId;
      throw named === undefined ? new NoWorkspace() : new WorkspaceNotFound(named);
    }
    const permissions = narrowed(membership.permissions, credential);
    return { workspaceId: membership.workspaceId, role: membership.role, permissions };
  }

  private async remembered<Value>(
    memory: Map<string, Remembered<Value>>,
    key: string,
    lookUp: () => Promise<Value>,
  ): Promise<Value> {
    const now = this.clock.now().getTime();
    const known = memory.get(key);
    if (known && known.until > now && known.until <= now + freshForMs) return known.value;
    const value = await lookUp();
    if (memory.size >= maximumRemembered) memory.clear();
    memory.set(key, { until: now + freshForMs, value });
    return value;
  }
}

/** An API token never does more than its scopes say. */
function narrowed(granted: ReadonlySet<Permission>, credential: Credential): ReadonlySet<Permission> {
  if (credential.kind === 'session') return granted;
  return new Set([...granted].filter((permission) => credential.scopes.has(permission)));
}
