import { problem } from '../../platform/errors/problem.js';

export class InvitationNotFound extends problem({
  slug: 'invitation-not-found',
  title: 'Invitation not found',
  status: 404,
  help: 'GET /api/v1/workspaces/{workspace_id}/invitations?status=pending lists the invitations that can be revoked.',
}) {
  constructor(invitationId: string) {
    super(`The workspace has no pending invitation ${JSON.stringify(invitationId.slice(0, 100))}.`);
  }
}

export class InvitationUnknown extends problem({
  slug: 'invitation-unknown',
  title: 'There is no such invitation',
  status: 404,
  help: 'Open the link of the invitation again as a whole, or ask whoever invited you for a new one.',
}) {
  constructor() {
    super('The token belongs to no invitation. The link may be incomplete: ask for a new one.');
  }
}

/** Why an invitation can no longer be accepted. */
export type InvitationEnd = 'accepted' | 'revoked' | 'expired' | 'withdrawn';

const ends: Readonly<Record<InvitationEnd, string>> = {
  accepted: 'has been accepted already',
  revoked: 'was revoked or replaced by a newer one',
  expired: 'has expired',
  withdrawn: 'comes from somebody who may no longer invite to it, or for a role or workspace that no longer exists',
};

export class InvitationGone extends problem({
  slug: 'invitation-gone',
  title: 'The invitation can no longer be accepted',
  status: 410,
  help: 'Ask whoever invited you for a new invitation. If you have accepted it yourself, sign in.',
}) {
  constructor(reason: InvitationEnd) {
    super(`The invitation ${ends[reason]}. Ask for a new one.`, { members: { reason } });
  }
}
