import type { Row, Rows } from './row.js';

const confirmed = '?confirm=Another%20workspace';

/** Deleted, and only the caller, who made it, can bring it back. */
const deletedWorkspace: Row['fresh'] = async ({ caller }) => {
  const { body } = await caller.post('/workspaces', { name: 'Another workspace' }).expect(201);
  const { id } = body as { id: string };
  await caller.delete(`/workspaces/${id}${confirmed}`).expect(200);
  return { workspace_id: id };
};

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
  'GET /audit-events': { status: 200 },
  'GET /audit-events/export': { status: 200, query: '?format=csv' },
};
