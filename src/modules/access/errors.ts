import { problem } from '../../platform/errors/problem.js';
import type { Permission } from './permissions.js';

export class NotAuthenticated extends problem({
  slug: 'not-authenticated',
  title: 'Not signed in',
  status: 401,
  help: 'Send the header "Authorization: Bearer <access token or API token>". POST /api/v1/auth/login gives an access token, POST /api/v1/auth/refresh a fresh one.',
}) {
  constructor(detail: string) {
    super(detail, { headers: { 'www-authenticate': 'Bearer realm="tabletalk"' } });
  }
}

export class SessionRequired extends problem({
  slug: 'session-required',
  title: 'Only for people who are signed in',
  status: 403,
  help: 'Sign in with POST /api/v1/auth/login and use the access token. API tokens are for data, not for accounts.',
}) {
  constructor() {
    super('An API token may not do this.');
  }
}

export class PermissionDenied extends problem({
  slug: 'permission-denied',
  title: 'Not allowed',
  status: 403,
  help: 'Ask an owner or admin of the workspace for a role that has the permission, or use an API token with that scope.',
}) {
  constructor(permission: Permission) {
    super(`This needs the permission ${permission}, which neither role nor token gives here.`, {
      members: { permission },
    });
  }
}

export class AdministratorRequired extends problem({
  slug: 'administrator-required',
  title: 'Only for administrators of the service',
  status: 403,
  help: 'Ask whoever administers this service to do it.',
}) {
  constructor(what: string) {
    super(`${what} is for administrators of the whole service.`);
  }
}

export class NoWorkspace extends problem({
  slug: 'no-workspace',
  title: 'You belong to no workspace',
  status: 404,
  help: 'Create one with POST /api/v1/workspaces, or ask a member of another one to invite you. One that you deleted is at GET /api/v1/workspaces?include=deleted, and POST /api/v1/workspaces/{workspace_id}/restore brings it back.',
}) {
  constructor() {
    super('You belong to no workspace. POST /api/v1/workspaces {"name": "…"} creates one.');
  }
}

export class WorkspaceNotFound extends problem({
  slug: 'workspace-not-found',
  title: 'Workspace not found',
  status: 404,
  help: 'GET /api/v1/workspaces lists the workspaces that you belong to.',
}) {
  constructor(workspaceId: string) {
    super(`You belong to no workspace ${workspaceId}.`);
  }
}
