import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config, InvalidConfiguration } from '../../config/config.js';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import type { ProblemPart } from '../../platform/errors/problem.js';
import { secretHash } from '../../platform/security/secret-hash.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { AuditLog } from '../audit/audit.log.js';
import { parseEmail } from '../users/email.js';
import { NewAccounts } from '../users/new-accounts.js';
import { PasswordHasher, passwordFault } from '../users/password.js';
import { UsersRepository } from '../users/users.repository.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { SetupRequest } from './auth.dto.js';
import { AlreadySetUp, InvalidSetupToken } from './errors.js';

const tokenLifeMs = 24 * 3_600_000;

interface SetupTables {
  setup_tokens: { token_hash: string; expires_at: string };
}

/** The first owner: made once, by whoever holds the token that the service printed, or from the settings at start. */
@Injectable()
export class SetupService {
  constructor(
    private readonly users: UsersRepository,
    private readonly accounts: NewAccounts,
    private readonly workspaces: WorkspacesRepository,
    private readonly passwords: PasswordHasher,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * At start: creates the owner named in the settings, or returns a fresh setup token to print. Undefined once a user
   * exists. Earlier tokens of this process's own database stop working; where others share it, theirs stay good until
   * their time is over. Rejects with `InvalidConfiguration`.
   */
  async prepare(): Promise<string | undefined> {
    if (await this.users.anyExists()) return undefined;
    const { ownerEmail, ownerPassword } = this.config;
    if (ownerEmail !== undefined && ownerPassword !== undefined) {
      await this.createOwnerOfSettings(ownerEmail, ownerPassword);
      return undefined;
    }
    const token = `setup-${randomBytes(18).toString('base64url')}`;
    await this.database.transaction(async (transaction) => {
      const tables = transaction.tables<SetupTables>();
      const now = this.clock.now();
      const earlier = tables.deleteFrom('setup_tokens');
      await (this.database.isShared ? earlier.where('expires_at', '<=', now.toISOString()) : earlier).execute();
      const expiresAt = new Date(now.getTime() + tokenLifeMs).toISOString();
      await tables
        .insertInto('setup_tokens')
        .values({ token_hash: secretHash(token), expires_at: expiresAt })
        .execute();
    });
    return token;
  }

  /** Creates the first owner with the printed token; returns the user's id. Of racing calls exactly one succeeds. */
  async setUp(input: SetupRequest, address: string): Promise<string> {
    if (await this.users.anyExists()) throw new AlreadySetUp();
    if (!(await this.isValid(input.token, this.database))) {
      await this.audit.record({ address, action: 'service.set_up', outcome: 'denied' });
      throw new InvalidSetupToken();
    }
    return this.createOwner({ ...input, address }, async (transaction) => {
      if (!(await this.isValid(input.token, transaction))) throw new InvalidSetupToken();
    });
  }

  private async createOwnerOfSettings(email: string, password: string): Promise<void> {
    try {
      await this.createOwner({ email, password, full_name: email.split('@')[0]! });
    } catch (error) {
      // Another process that started at the same time was faster.
      if (error instanceof AlreadySetUp) return;
      if (!(error instanceof InvalidRequest)) throw error;
      const variable = (pointer: string) => (pointer === '/email' ? 'OWNER_EMAIL' : 'OWNER_PASSWORD');
      throw new InvalidConfiguration(error.errors!.map(({ pointer, detail }) => `${variable(pointer)} ${detail}`));
    }
  }

  private async createOwner(
    input: Pick<SetupRequest, 'email' | 'password' | 'full_name'> & { address?: string },
    authorise: (transaction: DatabaseTransaction) => Promise<void> = () => Promise.resolve(),
  ): Promise<string> {
    const email = parseEmail(input.email);
    const faults: ProblemPart[] = [];
    if (!email) faults.push({ pointer: '/email', detail: 'must be an e-mail address such as ada@example.com' });
    const fault = passwordFault(input.password);
    if (fault) faults.push({ pointer: '/password', detail: fault });
    if (!email || faults.length > 0) throw new InvalidRequest(faults);

    const passwordHash = await this.passwords.hash(input.password);
    const now = this.clock.now().toISOString();
    const workspaceId = randomUUID();
    return this.database.transaction(async (transaction) => {
      if (await this.users.anyExists(transaction)) throw new AlreadySetUp();
      await authorise(transaction);
      await transaction.tables<SetupTables>().deleteFrom('setup_tokens').execute();
      const account = { email, fullName: input.full_name, passwordHash, isAdministrator: true };
      const { id: userId } = await this.accounts.add(transaction, account);
      await this.workspaces.insert(transaction, { id: workspaceId, name: 'My workspace', created_at: now });
      await this.workspaces.insertMembership(transaction, {
        workspace_id: workspaceId,
        user_id: userId,
        role: 'owner',
        is_default: 1,
        created_at: now,
      });
      await this.audit.record(
        { workspaceId, userId, address: input.address, action: 'service.set_up', object: userId, outcome: 'allowed' },
        transaction,
      );
      return userId;
    });
  }

  private async isValid(token: string, on: Database | DatabaseTransaction): Promise<boolean> {
    const found = await on
      .tables<SetupTables>()
      .selectFrom('setup_tokens')
      .select('expires_at')
      .where('token_hash', '=', secretHash(token))
      .executeTakeFirst();
    return found !== undefined && Date.parse(found.expires_at) > this.clock.now().getTime();
  }
}
