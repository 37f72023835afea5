import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { RateLimiter } from '../../platform/http/rate-limiter.js';
import { newId } from '../../platform/ids.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import { secretHash } from '../../platform/security/secret-hash.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { Mailer } from '../../providers/mailer/mailer.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { AlreadyMember } from '../members/errors.js';
import type { GrantableRole } from '../roles/role.js';
import { RolesService } from '../roles/roles.service.js';
import { type EmailAddress, parseEmail } from '../users/email.js';
import { UsersRepository } from '../users/users.repository.js';
import { HeldRights } from '../workspaces/held-rights.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { InvitationNotFound } from './errors.js';
import { CreatedInvitation, CreateInvitation, Invitation, InvitationPage, InvitationsQuery } from './invitation.dto.js';
import { invitationMail } from './invitation-mail.js';
import { type InvitationRow, InvitationsRepository, statusOf } from './invitations.repository.js';

const dayMs = 86_400_000;

/** Invites people to a workspace. Whether somebody has an account is not told to whoever invites them. */
@Injectable()
export class InvitationsService {
  private readonly perWorkspace = new RateLimiter({
    subject: 'of invitations of one workspace',
    points: 200,
    seconds: 3600,
  });

  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly users: UsersRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly rights: HeldRights,
    private readonly roles: RolesService,
    private readonly mailer: Mailer,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
    private readonly clock: Clock,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * A new invitation replaces a pending one of the same address. A mail that cannot be sent does not matter: the link is
   * in the answer. `publicAddress` is where the link leads. Throws `AlreadyMember`, `InvalidRequest` and `RoleExceedsYours`.
   */
  async create(caller: Caller, input: CreateInvitation, publicAddress: string): Promise<CreatedInvitation> {
    this.perWorkspace.take(caller.workspaceId);
    const email = parseEmail(input.email)!;
    const token = `tti_${randomBytes(32).toString('base64url')}`;
    const now = this.clock.now();
    const { row, role } = await this.database.transaction(async (transaction) => {
      const actor = await this.rights.hold(transaction, caller);
      const granted = await this.grantableRole(transaction, actor, input.role);
      await this.refuseMember(transaction, caller.workspaceId, email);
      await this.replacePending(transaction, actor, email, now);
      const created: InvitationRow = {
        id: newId('inv', now.getTime()),
        workspace_id: caller.workspaceId,
        email: email.address,
        email_key: email.key,
        role: granted.stored,
        token_hash: secretHash(token),
        invited_by: caller.userId,
        created_at: now.toISOString(),
        expires_at: new Date(now.getTime() + (input.expires_in_days ?? 7) * dayMs).toISOString(),
        accepted_at: null,
        revoked_at: null,
      };
      await this.invitations.insert(transaction, created);
      await this.record(transaction, caller, 'invitation.created', created, granted.name);
      return { row: created, role: granted };
    });
    const link = `${publicAddress}/invitation#token=${token}`;
    return { ...this.shown(row, role.name), link, token, mail: await this.send(caller, row, role, link) };
  }

  async list({ workspaceId }: Caller, { limit, cursor, status }: InvitationsQuery): Promise<InvitationPage> {
    const scope = `invitations/${workspaceId}/${status ?? ''}`;
    const before = cursor === undefined ? undefined : this.cursors.decode<string>(scope, cursor);
    const rows = await this.invitations.list(workspaceId, { status, now: this.clock.now(), limit: limit + 1, before });
    const names = new Map<string, string>();
    for (const stored of new Set(rows.map(({ role }) => role))) {
      names.set(stored, (await this.roles.resolve(workspaceId, stored))?.name ?? stored);
    }
    return pageOf(
      rows,
      limit,
      (row) => this.shown(row, names.get(row.role)!),
      ({ id }) => this.cursors.encode(scope, id),
    );
  }

  /** Throws `InvitationNotFound`, also for an invitation that is accepted, revoked or expired; and `RoleExceedsYours`. */
  async revoke(caller: Caller, id: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (transaction) => {
      const actor = await this.rights.hold(transaction, caller);
      const row = await this.invitations.find(transaction, caller.workspaceId, id);
      if (!row || statusOf(row, now) !== 'pending') throw new InvitationNotFound(id);
      await this.end(transaction, actor, row, now);
    });
  }

  private async replacePending(
    transaction: DatabaseTransaction,
    actor: Caller,
    email: EmailAddress,
    now: Date,
  ): Promise<void> {
    const pending = await this.invitations.findPending(transaction, actor.workspaceId, email.key, now);
    if (pending) await this.end(transaction, actor, pending, now);
  }

  /** Nobody takes back what only somebody with more rights could have offered. */
  private async end(transaction: DatabaseTransaction, actor: Caller, row: InvitationRow, now: Date): Promise<void> {
    const role = await this.roles.resolve(row.workspace_id, row.role, transaction);
    if (role) this.roles.requireGrantable(actor, role);
    await this.invitations.end(transaction, row.id, { revoked_at: now.toISOString() });
    await this.record(transaction, actor, 'invitation.revoked', row, role?.name ?? row.role);
  }

  private async grantableRole(
    transaction: DatabaseTransaction,
    actor: Caller,
    nameOrId: string,
  ): Promise<GrantableRole> {
    const role = await this.roles.resolve(actor.workspaceId, nameOrId, transaction);
    if (!role) throw new InvalidRequest([{ pointer: '/role', detail: 'is no role of this workspace' }]);
    this.roles.requireGrantable(actor, role);
    return role;
  }

  private async refuseMember(transaction: DatabaseTransaction, workspaceId: string, email: EmailAddress) {
    const user = await this.users.findByEmail(email, transaction);
    const membership = user && (await this.workspaces.membership(user.id, workspaceId, transaction));
    if (membership) throw new AlreadyMember(membership.role);
  }

  private async send(
    { userId, workspaceId }: Caller,
    { id, email, expires_at }: InvitationRow,
    role: GrantableRole,
    link: string,
  ): Promise<CreatedInvitation['mail']> {
    const inviter = await this.users.find(userId);
    const workspace = await this.workspaces.membership(userId, workspaceId);
    const mail = invitationMail({
      to: email,
      inviterName: inviter?.full_name ?? '',
      workspaceName: workspace?.name ?? '',
      roleName: role.name,
      link,
      expiresAt: new Date(expires_at),
    });
    try {
      return await this.mailer.send(mail);
    } catch (error) {
      this.logger.warn({ err: error, invitation_id: id }, 'An invitation could not be sent by mail');
      return 'failed';
    }
  }

  private async record(
    transaction: DatabaseTransaction,
    caller: Caller,
    action: string,
    { id, email, expires_at }: InvitationRow,
    role: string,
  ): Promise<void> {
    const detail = { email, role, expires_at };
    await this.audit.record({ ...caller, action, object: id, outcome: 'allowed', detail }, transaction);
  }

  private shown(row: InvitationRow, role: string): Invitation {
    const { id, email, invited_by, created_at, expires_at } = row;
    const status = statusOf(row, this.clock.now());
    return { invitation_id: id, email, role, status, invited_by, created_at, expires_at };
  }
}
