/** Everything that can be allowed, with the sentence that explains it to whoever grants it. */
export const permissions = {
  'uploads:read': 'See uploaded files and preview their rows.',
  'uploads:write': 'Upload files, change their contract and delete them.',
  'datasets:read': 'See data sets, their versions and rejected rows.',
  'datasets:write': 'Publish uploads as data sets and restore earlier versions.',
  'datasets:delete': 'Delete data sets with all their versions.',
  'crawls:read': 'See crawls and follow their progress.',
  'crawls:write': 'Start and stop crawls.',
  'tables:read': 'See tables, columns and their profiles.',
  'tables:write': 'Edit descriptions of tables and columns.',
  'queries:read': 'See queries and read their results.',
  'queries:run': 'Run and cancel queries.',
  'saved_queries:read': 'See and run saved queries.',
  'saved_queries:write': 'Create, change and delete saved queries.',
  'feeds:read': 'Read feeds.',
  'feeds:write': 'Create, change and delete feeds.',
  'chat:use': 'Ask questions and see one’s own conversations.',
  'chatbots:write': 'Create, change and delete chatbots.',
  'tools:write': 'Register, test and delete tools.',
  'analysis:read': 'See analyses of interviews, what they found, and the interviews themselves.',
  'analysis:write': 'Start, retry, cancel and delete analyses of interviews.',
  'feedback:read': 'See what members think of answers, and export it.',
  'documents:read': 'Search and read documents of the sources that one may see.',
  'sources:read': 'See sources, their syncs and their errors.',
  'sources:write': 'Connect, change, sync and delete sources.',
  'jobs:read': 'See background jobs and follow their progress.',
  'jobs:write': 'Cancel and retry background jobs.',
  'api_tokens:write': 'Create and revoke one’s own API tokens.',
  'workspace:read': 'See the workspace itself, and leave it. Every role has this.',
  'members:read': 'See who belongs to the workspace, and the roles that there are.',
  'members:write': 'Invite and remove members, change their roles, and revoke their API tokens.',
  'roles:write': 'Create, change and delete the workspace’s own roles.',
  'users:read': 'See the accounts of the workspace’s members.',
  'users:write': 'Create, change, disable and delete accounts that belong to this workspace alone.',
  'workspace:write': 'Change the workspace’s name and quotas.',
  'workspace:delete': 'Delete the workspace and hand over its ownership.',
  'usage:read': 'See what the workspace uses of its quotas.',
  'audit:read': 'See and export who did what.',
} as const;

export type Permission = keyof typeof permissions;

export const allPermissions = Object.keys(permissions) as readonly Permission[];

/** The built-in roles, from the most to the least powerful. */
export const roles = ['owner', 'admin', 'analyst', 'viewer'] as const;

/** A built-in role. A workspace may have roles of its own besides. */
export type Role = (typeof roles)[number];

export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}

/** What every member may do, whatever a role says. */
export const everybodysPermissions: readonly Permission[] = ['workspace:read'];

const viewer: readonly Permission[] = [
  ...everybodysPermissions,
  'uploads:read',
  'datasets:read',
  'crawls:read',
  'tables:read',
  'queries:read',
  'queries:run',
  'saved_queries:read',
  'feeds:read',
  'chat:use',
  'analysis:read',
  'documents:read',
  'sources:read',
  'jobs:read',
  'api_tokens:write',
  'members:read',
  'usage:read',
];

const analyst: readonly Permission[] = [
  ...viewer,
  'uploads:write',
  'datasets:write',
  'crawls:write',
  'tables:write',
  'saved_queries:write',
  'feeds:write',
  'analysis:write',
];

/** The one table that says what a role may do. */
export const rolePermissions: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(allPermissions),
  admin: new Set(allPermissions.filter((permission) => permission !== 'workspace:delete')),
  analyst: new Set(analyst),
  viewer: new Set(viewer),
};
