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

export class RoleBuiltIn extends problem({
  slug: 'role-built-in',
  title: 'The role is the same everywhere',
  status: 409,
  help: 'Create a role of your own with POST /api/v1/roles and change that.',
}) {
  constructor(name: string) {
    super(`The role ${name} is built in: it can be neither changed nor deleted.`);
  }
}

export class RoleNameTaken extends problem({
  slug: 'role-name-taken',
  title: 'There is a role of that name',
  status: 409,
  help: 'Choose another name. Names that differ only in case or width are the same.',
}) {
  constructor(name: string) {
    super(`The workspace has a role named ${JSON.stringify(name)} already.`);
  }
}

export class TooManyRoles extends problem({
  slug: 'too-many-roles',
  title: 'Too many roles',
  status: 409,
  help: 'Delete a role that is no longer needed, or change one.',
}) {
  constructor(limit: number) {
    super(`The workspace has ${limit} roles of its own, and cannot have more.`);
  }
}

export class RoleInUse extends problem({
  slug: 'role-in-use',
  title: 'Members have the role',
  status: 409,
  help: 'Say which role they get instead: DELETE /api/v1/roles/{role_id}?replace_with=viewer.',
}) {
  constructor({ members, invitations }: { members: number; invitations: number }) {
    super(`${members} members and ${invitations} open invitations have the role.`, {
      members: { members, invitations },
    });
  }
}
