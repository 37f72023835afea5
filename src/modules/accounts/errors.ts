import { problem } from '../../platform/errors/problem.js';

export class UserNotFound extends problem({
  slug: 'user-not-found',
  title: 'User not found',
  status: 404,
  help: 'GET /api/v1/users lists the users of the workspace.',
}) {
  constructor(userId: string) {
    super(`There is no user ${userId} in this workspace.`);
  }
}

export class UserBelongsElsewhere extends problem({
  slug: 'user-belongs-elsewhere',
  title: 'The account is not yours to change',
  status: 403,
  help: 'Remove the user from this workspace with DELETE /api/v1/workspaces/{workspace_id}/members/{user_id}, or ask an administrator of the service.',
}) {
  constructor() {
    super(
      'The account also belongs to workspaces where you may not change users, or may do more than you. ' +
        'You can remove it from this workspace instead.',
    );
  }
}

export class OwnAccount extends problem({
  slug: 'own-account',
  title: 'This is your own account',
  status: 409,
  help: 'Change your profile with PATCH /api/v1/users/me and your password with POST /api/v1/users/me/password. To be disabled or deleted, ask another administrator.',
}) {
  constructor() {
    super('Nobody disables, deletes or gives a new address or password to their own account here.');
  }
}

export class LastAdministrator extends problem({
  slug: 'last-administrator',
  title: 'The service would have no administrator',
  status: 409,
  help: 'Make another active user an administrator with PATCH /api/v1/users/{user_id} {"is_administrator": true}, then try again.',
}) {
  constructor() {
    super('This is the last active administrator of the service.');
  }
}
