import type { Access } from '../../../src/modules/access/access.decorator.js';
import { allPermissions, type Permission, rolePermissions, roles } from '../../../src/modules/access/permissions.js';
import type { UserTables } from '../../../src/modules/users/users.repository.js';
import { Client, type TestApp } from '../../support/app.js';
import { addWorkspace, join } from '../../support/other-workspace.js';

/** Somebody who calls, and what that lets them do in the workspace that the matrix is about. */
export interface Subject {
  readonly name: string;
  readonly client: Client;
  /** `member` names no workspace or its own; `stranger` names one that it does not belong to. */
  readonly kind: 'member' | 'stranger' | 'nobody';
  readonly isSession: boolean;
  readonly permissions: ReadonlySet<Permission>;
}

export const subjectNames = [
  ...roles,
  'owner of two workspaces',
  'API token',
  'API token without the scope',
  'API token with the other workspace in the header',
  'member of another workspace',
  'administrator of the service',
  'nobody',
] as const;

export type SubjectName = (typeof subjectNames)[number];

/** Makes callers of workspace `own`; `other` is the workspace whose things they must not see. */
export class Subjects {
  constructor(
    private readonly test: TestApp,
    private readonly own: string,
    private readonly other: string,
  ) {}

  /** A new one, who may be used up. `access` is that of the route to be called. */
  async make(name: SubjectName, access: Access): Promise<Subject> {
    if (name === 'nobody')
      return { name, client: this.test.nobody, kind: 'nobody', isSession: false, permissions: none };
    if (name === 'member of another workspace' || name === 'administrator of the service') {
      const { client, userId } = await addWorkspace(this.test);
      if (name === 'administrator of the service') await this.makeAdministrator(userId);
      return this.session(name, client.with({ 'x-workspace-id': this.own }), 'stranger', none);
    }
    if (name === 'owner of two workspaces') return this.session(name, await this.ownerOfBoth(), 'member', all);
    if (name === 'API token') return this.token(name, allPermissions, 'member');
    if (name === 'API token with the other workspace in the header')
      return this.token(name, allPermissions, 'stranger');
    if (name === 'API token without the scope') {
      const withheld = access.kind === 'permission' ? access.permission : undefined;
      return this.token(
        name,
        allPermissions.filter((each) => each !== withheld),
        'member',
      );
    }
    const { client } = await addWorkspace(this.test, name, this.own);
    return this.session(name, client, 'member', rolePermissions[name]);
  }

  private async makeAdministrator(userId: string): Promise<void> {
    const users = this.test.app.adapters.database.tables<UserTables>().updateTable('users');
    await users.set({ is_administrator: 1 }).where('id', '=', userId).execute();
  }

  /** Their default workspace is the other one. */
  private async ownerOfBoth(): Promise<Client> {
    const { client, userId } = await addWorkspace(this.test, 'owner', this.other);
    await join(this.test, userId, this.own, 'owner');
    return client.with({ 'x-workspace-id': this.own });
  }

  private session(name: string, client: Client, kind: Subject['kind'], permissions: Subject['permissions']): Subject {
    return { name, client, kind, isSession: true, permissions };
  }

  private async token(name: string, scopes: readonly Permission[], kind: Subject['kind']): Promise<Subject> {
    const maker = await this.ownerOfBoth();
    const { body } = await maker.post('/api-tokens', { name, scopes }).expect(201);
    const client = new Client(this.test.address, (body as { token: string }).token);
    return {
      name,
      client: kind === 'stranger' ? client.with({ 'x-workspace-id': this.other }) : client,
      kind,
      isSession: false,
      permissions: new Set(scopes),
    };
  }
}

const none: ReadonlySet<Permission> = new Set();
const all: ReadonlySet<Permission> = new Set(allPermissions);
