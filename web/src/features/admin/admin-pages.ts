import { paths } from '@/lib/paths';

export interface AdminPage {
  readonly label: string;
  readonly href: string;
  /** Needed to open it, by the names of `GET /permissions`; none: every member. */
  readonly permission?: string;
}

export const adminPages: readonly AdminPage[] = [
  { label: 'Members', href: paths.admin('members'), permission: 'members:read' },
  { label: 'Roles', href: paths.admin('roles'), permission: 'members:read' },
  { label: 'Accounts', href: paths.admin('users'), permission: 'users:read' },
  { label: 'Usage', href: paths.admin('usage'), permission: 'usage:read' },
  { label: 'Audit', href: paths.admin('audit'), permission: 'audit:read' },
  { label: 'Feedback', href: paths.admin('feedback'), permission: 'feedback:read' },
  { label: 'Verified questions', href: paths.admin('verified'), permission: 'saved_queries:read' },
  { label: 'Tools', href: paths.admin('tools'), permission: 'tools:write' },
  { label: 'Jobs', href: paths.admin('jobs'), permission: 'jobs:read' },
  { label: 'Health', href: paths.admin('health') },
  { label: 'Workspace', href: paths.admin('workspace') },
];

/** The pages that somebody with these permissions can open. */
export function openPages(permissions: readonly string[]): AdminPage[] {
  return adminPages.filter(({ permission }) => permission === undefined || permissions.includes(permission));
}

/** Whether the address is of a page that the permissions do not open. */
export function isClosed(pathname: string, permissions: readonly string[]): boolean {
  const page = adminPages.find(({ href }) => pathname.startsWith(href));
  return page !== undefined && !openPages(permissions).includes(page);
}
