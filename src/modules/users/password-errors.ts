import { problem } from '../../platform/errors/problem.js';

export class SignInsPaused extends problem({
  slug: 'sign-ins-paused',
  title: 'Too many failed sign-ins',
  status: 429,
  help: 'Wait for the number of seconds in Retry-After, then try again with the right password.',
}) {
  constructor(seconds: number) {
    super(`There were too many failed sign-ins. Try again in ${seconds} s.`, {
      headers: { 'retry-after': String(seconds) },
    });
  }
}

export class WrongPassword extends problem({
  slug: 'wrong-password',
  title: 'The current password is wrong',
  status: 403,
  help: 'Give the password with which you signed in. After many failures there is a pause.',
}) {
  constructor() {
    super('The current password is not right; nothing was changed.');
  }
}
