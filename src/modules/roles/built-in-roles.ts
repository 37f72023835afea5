import { type Role, roles, rolePermissions } from '../access/permissions.js';
import type { GrantableRole } from './role.js';

const facts: Readonly<Record<Role, { readonly id: string; readonly description: string }>> = {
  owner: {
    id: '00000000-0000-4000-8000-000000000001',
    description: 'May do everything, also delete the workspace and hand it over.',
  },
  admin: {
    id: '00000000-0000-4000-8000-000000000002',
    description: 'May do everything but delete the workspace or hand it over.',
  },
  analyst: {
    id: '00000000-0000-4000-8000-000000000003',
    description: 'Brings data, describes tables, and saves queries and feeds.',
  },
  viewer: {
    id: '00000000-0000-4000-8000-000000000004',
    description: 'Looks at everything and runs queries, without changing data.',
  },
};

/** A role that every workspace has and nobody can change. */
export interface BuiltInRole extends GrantableRole {
  readonly description: string;
}

/** From the most to the least powerful. Their ids are the same everywhere and for ever. */
export const builtInRoles: readonly BuiltInRole[] = roles.map((name) => ({
  ...facts[name],
  name,
  stored: name,
  permissions: rolePermissions[name],
}));

export function builtInRole(nameOrId: string): BuiltInRole | undefined {
  return builtInRoles.find(({ id, name }) => name === nameOrId || id === nameOrId);
}
