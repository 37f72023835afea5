import { problem } from '../../platform/errors/problem.js';

export class LastOwner extends problem({
  slug: 'last-owner',
  title: 'The workspace would have no owner',
  status: 409,
  help: 'Make somebody else an owner first (PATCH /api/v1/workspaces/{workspace_id}/members/{user_id} {"role": "owner"}), or delete the workspace.',
}) {
  constructor(names: readonly string[]) {
    super(
      `Nobody else who can sign in owns ${names.map((name) => `the workspace ${JSON.stringify(name)}`).join(', ')}.`,
    );
  }
}

export class TooManyWorkspaces extends problem({
  slug: 'too-many-workspaces',
  title: 'Too many workspaces',
  status: 409,
  help: 'Use one that you have, hand one over to somebody else, or delete one; a deleted one counts until it is removed for good. The setting WORKSPACES_PER_USER is the limit.',
}) {
  constructor(limit: number) {
    super(`You own ${limit} workspaces, and nobody may own more here.`);
  }
}

export class WorkspacePurged extends problem({
  slug: 'workspace-purged',
  title: 'The workspace is gone for good',
  status: 410,
  help: 'A deleted workspace can be restored until its purge_at, which has passed. Create a new one with POST /api/v1/workspaces.',
}) {
  constructor(purgeAt: string) {
    super(`It could be restored until ${purgeAt}.`);
  }
}
