import { randomUUID } from 'node:crypto';
import { createUser, currentSession, invite } from '../../support/furnished.js';
import { memberPassword } from '../../support/other-workspace.js';
import type { Maker, Row, Rows } from './row.js';

const newToken: Row['fresh'] = async ({ caller }) => {
  const { body } = await caller.post('/api-tokens', { name: 'One', scopes: ['api_tokens:write'] }).expect(201);
  return { token_id: (body as { id: string }).id };
};

const ownSession: Row['fresh'] = async ({ caller }) => ({ session_id: await currentSession(caller) });

const newInvitation = async ({ owner, workspaceId }: Maker): Promise<string> =>
  (await invite(owner, workspaceId, `${randomUUID()}@example.com`)).token;

const newUser: Row['fresh'] = async ({ owner }) => ({ user_id: await createUser(owner, randomUUID(), 'One') });

/** Who people are, and what their programs may do. */
export const accountRows: Rows = {
  'POST /auth/setup': {
    status: 409,
    body: () => ({ token: 'setup-x', email: 'eve@example.com', password: memberPassword, full_name: 'Eve' }),
  },
  'POST /auth/login': {
    status: 200,
    body: async (_, maker) => ({ email: (await maker.newcomer()).email, password: memberPassword }),
  },
  'POST /invitations/look-up': { status: 200, body: async (_, maker) => ({ token: await newInvitation(maker) }) },
  'POST /invitations/accept': {
    status: 201,
    body: async (_, maker) => ({ token: await newInvitation(maker), password: memberPassword, full_name: 'One' }),
  },
  'POST /auth/refresh': { status: 401, body: () => ({ refresh_token: 'ttr_unknown' }) },
  'POST /auth/logout': { status: 204, changesCaller: true },
  'GET /users/me': { status: 200 },
  'PATCH /users/me': { status: 200, body: () => ({ full_name: 'Somebody Else' }) },
  'POST /users/me/password': {
    status: 204,
    changesCaller: true,
    body: () => ({ current_password: memberPassword, new_password: 'quite another horse' }),
  },
  'GET /users/me/sessions': { status: 200 },
  'DELETE /users/me/sessions': { status: 204, changesCaller: true },
  'DELETE /users/me/sessions/{session_id}': { status: 204, changesCaller: true, fresh: ownSession },
  'GET /users': { status: 200 },
  'POST /users': {
    status: 201,
    body: ({ role_id }) => ({
      email: `${randomUUID()}@example.com`,
      full_name: 'One',
      password: memberPassword,
      role: role_id,
    }),
    names: { role_id: 400 },
  },
  'GET /users/{user_id}': { status: 200 },
  'PATCH /users/{user_id}': { status: 200, body: () => ({ full_name: 'Somebody Else' }) },
  'DELETE /users/{user_id}': { status: 204, fresh: newUser },
  'POST /api-tokens': { status: 201, body: () => ({ name: 'One', scopes: ['api_tokens:write'] }) },
  'GET /api-tokens': { status: 200 },
  'DELETE /api-tokens/{token_id}': { status: 204, fresh: newToken },
};

/** What is there for everybody. */
export const publicRows: Rows = {
  'GET /problems': { status: 200 },
  'GET /problems/{slug}': { status: 200 },
  'GET /health': { status: 200 },
  'GET /health/live': { status: 200 },
  'GET /health/ready': { status: 200 },
};
