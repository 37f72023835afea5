import { problem } from '../../platform/errors/problem.js';

export class MemberNotFound extends problem({
  slug: 'member-not-found',
  title: 'Member not found',
  status: 404,
  help: 'GET /api/v1/workspaces/{workspace_id}/members lists the members of the workspace.',
}) {
  constructor(userId: string) {
    super(`The workspace has no member ${JSON.stringify(userId.slice(0, 100))}.`);
  }
}

export class MemberOutranksYou extends problem({
  slug: 'member-outranks-you',
  title: 'The member may do more than you',
  status: 403,
  help: 'Nobody can change or remove a member whose role has permissions that their own lacks. Ask somebody whose role has them, such as an owner.',
}) {
  constructor(role: string) {
    super(`The member’s role ${role} has permissions that you have not.`);
  }
}

export class AlreadyMember extends problem({
  slug: 'already-member',
  title: 'The user belongs to the workspace already',
  status: 409,
  help: 'Change the role with PATCH /api/v1/workspaces/{workspace_id}/members/{user_id}.',
}) {
  constructor(role: string) {
    super(`The user is a member with the role ${role}.`);
  }
}

export class OwnersOnly extends problem({
  slug: 'owners-only',
  title: 'Only for owners',
  status: 403,
  help: 'Ask an owner of the workspace: GET /api/v1/workspaces/{workspace_id}/members?role=owner lists them.',
}) {
  constructor() {
    super('Only an owner can hand the workspace over.');
  }
}
