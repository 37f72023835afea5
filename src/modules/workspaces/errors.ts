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
