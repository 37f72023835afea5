import { problem } from '../../platform/errors/problem.js';

export class EmailTaken extends problem({
  slug: 'email-taken',
  title: 'The e-mail address belongs to another account',
  status: 409,
  help: 'Give another address. To bring somebody who has an account into a workspace, invite them with POST /api/v1/workspaces/{workspace_id}/invitations.',
}) {
  constructor() {
    super('There is an account with this e-mail address already. Its owner can be invited instead.');
  }
}

export class UsernameTaken extends problem({
  slug: 'username-taken',
  title: 'The username belongs to another account',
  status: 409,
  help: 'Choose another username. Case and accents that only compose differently do not make a difference.',
}) {
  constructor() {
    super('There is an account with this username already.');
  }
}
