import type { Access } from '../../../src/modules/access/access.decorator.js';
import type { Row } from './row.js';
import type { Subject } from './subjects.js';

/** What the declared access and the table of roles say about the subject's call on an object of their own workspace. */
export function expectedStatus(access: Access, subject: Subject, row: Row): number {
  if (access.kind === 'public') return row.status;
  if (subject.kind === 'nobody') return 401;
  if (access.kind === 'signed-in') return access.sessionOnly && !subject.isSession ? 403 : row.status;
  if (subject.kind === 'stranger') return 404;
  return subject.permissions.has(access.permission) && (subject.isSession || !row.sessionOnly) ? row.status : 403;
}

/** Whether the call gets as far as the objects that it names. */
export function reachesObjects(access: Access, subject: Subject, row: Row): boolean {
  if (access.kind === 'public') return false;
  if (access.kind === 'signed-in') return subject.kind !== 'nobody' && (subject.isSession || !access.sessionOnly);
  return subject.kind === 'member' && expectedStatus(access, subject, row) === row.status;
}
