import { problem } from '../../platform/errors/problem.js';

export class AlreadySetUp extends problem({
  slug: 'already-set-up',
  title: 'The service is set up already',
  status: 409,
  help: 'Sign in with POST /api/v1/auth/login, or ask an owner for an invitation.',
}) {
  constructor() {
    super('An owner exists already; the setup can be done only once.');
  }
}

export class InvalidSetupToken extends problem({
  slug: 'invalid-setup-token',
  title: 'The setup token is not valid',
  status: 403,
  help: 'The token stands in the output of the running service, and a restart prints a new one. Of replicas that share a database, each one’s token is good for 24 hours.',
}) {
  constructor() {
    super('The setup token is wrong, used or expired.');
  }
}

export class InvalidCredentials extends problem({
  slug: 'invalid-credentials',
  title: 'Wrong e-mail address or password',
  status: 401,
  help: 'Check both and try again. After many failures sign-in pauses for a while.',
}) {
  constructor() {
    super('E-mail address or password is wrong, or the account is disabled.');
  }
}
