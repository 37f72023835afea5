import { problem } from '../../platform/errors/problem.js';

export class InvalidRefreshToken extends problem({
  slug: 'invalid-refresh-token',
  title: 'The session has ended',
  status: 401,
  help: 'Sign in again with POST /api/v1/auth/login.',
}) {
  constructor() {
    super('The refresh token is unknown, expired, revoked or was used before. Sign in again.');
  }
}

export class SessionNotFound extends problem({
  slug: 'session-not-found',
  title: 'Session not found',
  status: 404,
  help: 'GET /api/v1/users/me/sessions lists where you are signed in.',
}) {
  constructor(sessionId: string) {
    super(`You have no session ${sessionId}. It may have ended already.`);
  }
}
