import { problem } from '../../platform/errors/problem.js';
import type { Permission } from '../access/permissions.js';

export class RoleNotFound extends problem({
  slug: 'role-not-found',
  title: 'Role not found',
  status: 404,
  help: 'GET /api/v1/roles lists the roles of the workspace: give the name or the id of one of them.',
}) {
  constructor(nameOrId: string) {
    super(`There is no role ${JSON.stringify(nameOrId.slice(0, 100))} in this workspace.`);
  }
}

export class RoleExceedsYours extends problem({
  slug: 'role-exceeds-yours',
  title: 'The role may do more than you',
  status: 403,
  help: 'Nobody can give, change or take away more than they have themselves. Ask somebody whose role has these permissions, such as an owner.',
}) {
  constructor(name: string, missing: readonly Permission[]) {
    super(`The role ${name} has permissions that you have not: ${missing.join(', ')}.`, {
      members: { permissions: missing },
    });
  }
}
