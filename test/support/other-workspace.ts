import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { parseEmail } from '../../src/modules/users/email.js';
import { PasswordHasher } from '../../src/modules/users/password.js';
import { UsersRepository } from '../../src/modules/users/users.repository.js';
import { WorkspacesRepository } from '../../src/modules/workspaces/workspaces.repository.js';
import type { Role } from '../../src/modules/access/permissions.js';
import { Client, type TestApp } from './app.js';

const password = 'another correct horse';

/** A user with the role in a workspace; without a workspace id it is a new workspace of theirs. */
export async function addWorkspace(
  test: TestApp,
  role: Role = 'owner',
  workspaceId: string = randomUUID(),
): Promise<{ client: Client; workspaceId: string; userId: string }> {
  const { nest, adapters } = test.app;
  const userId = randomUUID();
  const now = new Date().toISOString();
  const email = parseEmail(`${role}-${userId}@example.com`)!;
  const passwordHash = await nest.get(PasswordHasher).hash(password);
  const existing = workspaceId === test.workspaceId;
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
    if (!existing)
      await workspaces.insert(transaction, { id: workspaceId, name: 'Another workspace', created_at: now });
    await workspaces.insertMembership(transaction, {
      workspace_id: workspaceId,
      user_id: userId,
      role,
      is_default: 1,
      created_at: now,
    });
  });
  const login = await request(test.address)
    .post('/api/v1/auth/login')
    .send({ email: email.address, password })
    .expect(200);
  return {
    client: new Client(test.address, (login.body as { access_token: string }).access_token),
    workspaceId,
    userId,
  };
}
