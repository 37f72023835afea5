import type { Permission } from '../access/permissions.js';

/** A role that a member of the workspace can have, built-in or the workspace's own. */
export interface GrantableRole {
  readonly id: string;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  /** What memberships and invitations keep of it in their column `role`. */
  readonly stored: string;
}
