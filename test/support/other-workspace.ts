import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { parseEmail } from '../../src/modules/users/email.js';
import { PasswordHasher } from '../../src/modules/users/password.js';
import { UsersRepository } from '../../src/modules/users/users.repository.js';
import { WorkspacesRepository } from '../../src/modules/workspaces/workspaces.repository.js';
import type { Role } from '../../src/modules/access/permissions.js';
import { Client, type TestApp } from './app.js';

/** Everybody's password here. */
export const memberPassword = 'another correct horse';

export interface Member {
  readonly client: Client;
  readonly workspaceId: string;
  readonly userId: string;
  readonly email: string;
}

/** A new user with the role in a workspace that there is; without a workspace id it is a new workspace of theirs. */
export async function addWorkspace(test: TestApp, role: Role = 'owner', workspaceId?: string): Promise<Member> {
  const { nest, adapters } = test.app;
  const userId = randomUUID();
  const now = new Date().toISOString();
  const email = parseEmail(`${role}-${userId}@example.com`)!;
  const passwordHash = await nest.get(PasswordHasher).hash(memberPassword);
  const joined = workspaceId ?? randomUUID();
  await adapters.database.transaction(async (transaction) => {
    await nest.get(UsersRepository).insert(transaction, {
      id: userId,
      email: email.address,
      email_key: email.key,
      username: userId,
      username_key: userId,
      full_name: `A ${role}`,
      password_hash: passwordHash,
      is_active: 1,
      is_administrator: 0,
      version: 1,
      created_at: now,
      updated_at: now,
    });
    const workspaces = nest.get(WorkspacesRepository);
    if (workspaceId === undefined)
      await workspaces.insert(transaction, { id: joined, name: 'Another workspace', created_at: now });
    await workspaces.insertMembership(transaction, {
      workspace_id: joined,
      user_id: userId,
      role,
      is_default: 1,
      created_at: now,
    });
  });
  return { client: await signIn(test, email.address), workspaceId: joined, userId, email: email.address };
}

/** Lets a user into one more workspace, which does not become their default one. `role` may be the id of a custom one. */
export async function join(test: TestApp, userId: string, workspaceId: string, role: string): Promise<void> {
  await test.app.adapters.database.transaction((transaction) =>
    test.app.nest.get(WorkspacesRepository).insertMembership(transaction, {
      workspace_id: workspaceId,
      user_id: userId,
      role,
      is_default: 0,
      created_at: new Date().toISOString(),
    }),
  );
}

/** A new session of a user that `addWorkspace` made. */
export async function signIn(test: TestApp, email: string): Promise<Client> {
  const login = await request(test.address)
    .post('/api/v1/auth/login')
    .send({ email, password: memberPassword })
    .expect(200);
  return new Client(test.address, (login.body as { access_token: string }).access_token);
}
