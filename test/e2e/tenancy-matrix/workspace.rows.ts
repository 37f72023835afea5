import { randomUUID } from 'node:crypto';
import { createRole, createUser, invite } from '../../support/furnished.js';
import type { Row, Rows } from './row.js';

const confirmed = '?confirm=Another%20workspace';

/** Deleted, and only the caller, who made it, can bring it back. */
const deletedWorkspace: Row['fresh'] = async ({ caller }) => {
  const { body } = await caller.post('/workspaces', { name: 'Another workspace' }).expect(201);
  const { id } = body as { id: string };
  await caller.delete(`/workspaces/${id}${confirmed}`).expect(200);
  return { workspace_id: id };
};

const newMember: Row['fresh'] = async ({ owner }) => ({ user_id: await createUser(owner, randomUUID(), 'One') });

const newRole: Row['fresh'] = async ({ owner }) => ({ role_id: await createRole(owner, `Role ${randomUUID()}`) });

const newInvitation: Row['fresh'] = async ({ owner, workspaceId }) => ({
  invitation_id: (await invite(owner, workspaceId, `${randomUUID()}@example.com`)).invitation_id,
});

/** Workspaces themselves, and what is done in them. */
export const workspaceRows: Rows = {
  'POST /workspaces': { status: 201, body: () => ({ name: 'One more' }) },
  'GET /workspaces': { status: 200 },
  'GET /workspaces/{workspace_id}': { status: 200 },
  'PATCH /workspaces/{workspace_id}': { status: 200, body: () => ({ name: 'Renamed' }) },
  'DELETE /workspaces/{workspace_id}': { status: 200, query: confirmed, inNewWorkspace: true },
  'POST /workspaces/{workspace_id}/restore': { status: 200, fresh: deletedWorkspace },
  'GET /workspaces/{workspace_id}/usage': { status: 200 },
  'GET /workspaces/{workspace_id}/quotas': { status: 200 },
  'PUT /workspaces/{workspace_id}/quotas': { status: 200, body: () => ({}) },
  'GET /workspaces/{workspace_id}/members': { status: 200 },
  // Only administrators of the service may.
  'POST /workspaces/{workspace_id}/members': {
    status: 403,
    body: ({ user_id }) => ({ user_id, role: 'viewer' }),
    names: { user_id: 403 },
  },
  'GET /workspaces/{workspace_id}/members/{user_id}': { status: 200 },
  'PATCH /workspaces/{workspace_id}/members/{user_id}': {
    status: 200,
    body: ({ role_id }) => ({ role: role_id }),
    names: { role_id: 400 },
  },
  'DELETE /workspaces/{workspace_id}/members/{user_id}': { status: 204, fresh: newMember },
  'POST /workspaces/{workspace_id}/leave': { status: 204, changesCaller: true, sessionOnly: true },
  'POST /workspaces/{workspace_id}/transfer': {
    status: 200,
    inNewWorkspace: true,
    fresh: newMember,
    body: ({ user_id }) => ({ user_id }),
    names: { user_id: 404 },
  },
  'GET /workspaces/{workspace_id}/invitations': { status: 200 },
  'POST /workspaces/{workspace_id}/invitations': {
    status: 201,
    body: ({ role_id }) => ({ email: `${randomUUID()}@example.com`, role: role_id }),
    names: { role_id: 400 },
  },
  'DELETE /workspaces/{workspace_id}/invitations/{invitation_id}': { status: 204, fresh: newInvitation },
  'GET /permissions': { status: 200 },
  'GET /roles': { status: 200 },
  'POST /roles': { status: 201, body: () => ({ name: `Role ${randomUUID()}`, permissions: ['tables:read'] }) },
  'GET /roles/{role_id}': { status: 200 },
  'PATCH /roles/{role_id}': { status: 200, body: () => ({ description: 'Looks at tables.' }) },
  'DELETE /roles/{role_id}': { status: 204, fresh: newRole },
  'GET /audit-events': { status: 200 },
  'GET /audit-events/export': { status: 200, query: '?format=csv' },
};
