import { problem } from '../errors/problem.js';

/** About calls that the service makes to somebody else's. */
export class AddressRefused extends problem({
  slug: 'address-refused',
  title: 'The service does not call this address',
  status: 400,
  help: 'Name an https:// address on the public internet. Hosts of your own network must be listed in TOOLS_ALLOWED_HOSTS by whoever runs the service.',
}) {}

export class OutsideUnreachable extends problem({
  slug: 'outside-unreachable',
  title: 'The other service could not be reached',
  status: 502,
  help: 'Check the address, and whether that service is up. Then try again.',
}) {}

export class OutsideTooSlow extends problem({
  slug: 'outside-too-slow',
  title: 'The other service took too long',
  status: 504,
  help: 'Try again later, ask it for less, or allow it more time.',
}) {}

export class OutsideAnswerRefused extends problem({
  slug: 'outside-answer-refused',
  title: 'The other service’s answer was not taken',
  status: 502,
  help: 'The detail says why: redirects are not followed, and only text and JSON without compression are taken. Name the final address.',
}) {}
