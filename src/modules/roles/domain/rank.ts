import type { Permission } from '../../access/permissions.js';

/** What of `theirs` whoever has `mine` lacks: in the order of `theirs`. */
export function beyond(mine: ReadonlySet<Permission>, theirs: Iterable<Permission>): Permission[] {
  return [...theirs].filter((permission) => !mine.has(permission));
}

/**
 * Whether whoever has `mine` may give, change or take away a role with `theirs`: only what they have themselves. Of two
 * roles that each have something the other lacks, neither covers the other.
 */
export function covers(mine: ReadonlySet<Permission>, theirs: Iterable<Permission>): boolean {
  return beyond(mine, theirs).length === 0;
}
