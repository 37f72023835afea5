import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { RateLimiter } from '../../platform/http/rate-limiter.js';
import { networkOf } from '../../platform/security/network-of.js';
import { secretHash } from '../../platform/security/secret-hash.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { AccessChanges } from '../access/access-changes.js';
import { AuditLog } from '../audit/audit.log.js';
import { InvalidCredentials } from '../auth/errors.js';
import { AlreadyMember } from '../members/errors.js';
import type { GrantableRole } from '../roles/role.js';
import { RolesService } from '../roles/roles.service.js';
import { type Origin, SessionsService } from '../sessions/sessions.service.js';
import { TokenPair } from '../sessions/token-pair.dto.js';
import { NewAccounts } from '../users/new-accounts.js';
import { newPasswordFault, PasswordHasher } from '../users/password.js';
import { PasswordCheck } from '../users/password-check.js';
import { parseUsername } from '../users/username.js';
import { type UserRow, UsersRepository } from '../users/users.repository.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { InvitationGone, InvitationUnknown } from './errors.js';
import { AcceptInvitation, InvitationOffer } from './invitation.dto.js';
import { type InvitationRow, InvitationsRepository, statusOf } from './invitations.repository.js';

/** Finds or makes the account that joins, within the transaction in which it does. */
type Account = (transaction: DatabaseTransaction) => Promise<UserRow>;

interface Offer {
  readonly workspaceName: string;
  readonly role: GrantableRole;
}

/** What people can do who have the token of an invitation. */
@Injectable()
export class InvitationAcceptanceService {
  private readonly perClient = new RateLimiter({
    subject: 'of calls about invitations from one address',
    points: 60,
    seconds: 60,
  });

  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly users: UsersRepository,
    private readonly accounts: NewAccounts,
    private readonly passwords: PasswordHasher,
    private readonly check: PasswordCheck,
    private readonly sessions: SessionsService,
    private readonly workspaces: WorkspacesRepository,
    private readonly roles: RolesService,
    private readonly database: Database,
    private readonly changes: AccessChanges,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvitationUnknown` or `InvitationGone`. */
  async lookUp(token: string, address: string): Promise<InvitationOffer> {
    this.perClient.take(networkOf(address));
    const invitation = await this.find(token);
    const { workspaceName, role } = await this.requireUsable(invitation);
    return {
      workspace_id: invitation.workspace_id,
      workspace_name: workspaceName,
      email: invitation.email,
      role: role.name,
      expires_at: invitation.expires_at,
      has_account: (await this.findAccount(invitation)) !== undefined,
    };
  }

  /**
   * Makes whoever it is for a member, and signs them in; of racing calls exactly one succeeds. Throws besides what
   * `lookUp` does `InvalidRequest`, `UsernameTaken`, and for an account that exists `InvalidCredentials`, `SignInsPaused`
   * and `AlreadyMember`.
   */
  async accept(input: AcceptInvitation, origin: Origin): Promise<TokenPair> {
    this.perClient.take(networkOf(origin.address));
    const invitation = await this.find(input.token);
    await this.requireUsable(invitation);
    const known = await this.findAccount(invitation);
    const account = known
      ? await this.existingAccount(known, invitation, input.password, origin)
      : await this.newAccount(invitation, input);
    const user = await this.database.transaction((transaction) =>
      this.join(transaction, input.token, account, origin.address),
    );
    return this.sessions.begin(user.id, origin, async (transaction) => {
      await this.requireUnchanged(user, transaction);
    });
  }

  private async find(token: string, transaction?: DatabaseTransaction): Promise<InvitationRow> {
    const invitation = await this.invitations.findByToken(secretHash(token), transaction);
    if (!invitation) throw new InvitationUnknown();
    return invitation;
  }

  private findAccount({ email, email_key }: InvitationRow): Promise<UserRow | undefined> {
    return this.users.findByEmail({ address: email, key: email_key });
  }

  /** An invitation is worth no more than its sender's right to give it, now. */
  private async requireUsable(invitation: InvitationRow, transaction?: DatabaseTransaction): Promise<Offer> {
    const status = statusOf(invitation, this.clock.now());
    if (status !== 'pending') throw new InvitationGone(status);
    const { workspace_id, invited_by } = invitation;
    const inviter = await this.users.find(invited_by, transaction);
    const rights = await this.workspaces.membership(invited_by, workspace_id, transaction);
    const role = await this.roles.resolve(workspace_id, invitation.role, transaction);
    const mayInvite = inviter?.is_active === 1 && rights?.permissions.has('members:write');
    if (!rights || !role || !mayInvite || !this.roles.mayGrant(rights, role.permissions)) {
      throw new InvitationGone('withdrawn');
    }
    return { workspaceName: rights.name, role };
  }

  private async existingAccount(
    user: UserRow,
    { id, workspace_id: workspaceId }: InvitationRow,
    password: string,
    { address }: Origin,
  ): Promise<Account> {
    const active = user.is_active === 1 ? user : undefined;
    if (!(await this.check.matches(password, { accountKey: user.email_key, user: active, address }))) {
      const action = 'invitation.accepted';
      await this.audit.record({ workspaceId, userId: user.id, address, action, object: id, outcome: 'denied' });
      throw new InvalidCredentials();
    }
    return (transaction) => this.requireUnchanged(user, transaction);
  }

  private async newAccount({ email, email_key }: InvitationRow, input: AcceptInvitation): Promise<Account> {
    const username = input.username == null ? undefined : parseUsername(input.username)!;
    const fault = newPasswordFault(input.password, { email, username: username?.username ?? '' });
    if (fault !== undefined) throw new InvalidRequest([{ pointer: '/password', detail: fault }]);
    const account = {
      email: { address: email, key: email_key },
      username,
      fullName: input.full_name ?? email.split('@')[0]!,
      passwordHash: await this.passwords.hash(input.password),
    };
    return (transaction) => this.accounts.add(transaction, account);
  }

  private async join(
    transaction: DatabaseTransaction,
    token: string,
    account: Account,
    address: string,
  ): Promise<UserRow> {
    const invitation = await this.find(token, transaction);
    const { id, workspace_id: workspaceId, email } = invitation;
    if (!(await this.workspaces.hold(transaction, workspaceId))) throw new InvitationGone('withdrawn');
    const { role } = await this.requireUsable(invitation, transaction);
    const now = this.clock.now().toISOString();
    if (!(await this.invitations.end(transaction, id, { accepted_at: now }))) throw new InvitationGone('accepted');
    const user = await account(transaction);
    const membership = await this.workspaces.membership(user.id, workspaceId, transaction);
    if (membership) throw new AlreadyMember(membership.role);
    await this.workspaces.insertMembership(transaction, {
      workspace_id: workspaceId,
      user_id: user.id,
      role: role.stored,
      is_default: 0,
      created_at: now,
    });
    await this.changes.announce(transaction);
    const detail = { email, role: role.name };
    await this.audit.record(
      { workspaceId, userId: user.id, address, action: 'invitation.accepted', object: id, outcome: 'allowed', detail },
      transaction,
    );
    return user;
  }

  /** Whoever changed the password or disabled the account while it was being checked has shut everybody out. */
  private async requireUnchanged(user: UserRow, transaction: DatabaseTransaction): Promise<UserRow> {
    const current = await this.users.find(user.id, transaction);
    if (current?.is_active !== 1 || current.password_hash !== user.password_hash) throw new InvalidCredentials();
    return current;
  }
}
