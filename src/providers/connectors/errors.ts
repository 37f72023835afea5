import { problem } from '../../platform/errors/problem.js';

/** The platform had a hiccup, or asks to wait for too long: a later try may succeed. The message is for people. */
export class PlatformStumbled extends Error {
  constructor(
    message: string,
    options?: ErrorOptions,
    /** How long the platform asks to wait. */
    readonly waitSeconds = 0,
  ) {
    super(message, options);
  }
}

/** The platform does not have it, or not for whom the token belongs to: gone, as far as we can tell. */
export class NotThere extends Error {}

/** Undefined for what is not there. */
export async function unlessGone<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotThere) return undefined;
    throw error;
  }
}

export class ConnectorRefused extends problem({
  slug: 'connector-refused',
  title: 'The platform refused the connection',
  status: 422,
  help: 'Check the token: that it was copied whole, is not revoked or expired, and has the rights that the connection test names. Give the source a new one with PATCH /api/v1/sources/{source_id}.',
}) {}

export class ConnectorAddressRefused extends problem({
  slug: 'connector-address-refused',
  title: 'The service does not read from this address',
  status: 400,
  help: 'Name an https:// address on the public internet. Hosts of your own network must be listed in SOURCES_ALLOWED_HOSTS by whoever runs the service, and SOURCES_ALLOW_HTTP allows http:// addresses.',
}) {}

export class ConnectorUnreachable extends problem({
  slug: 'connector-unreachable',
  title: 'The platform does not answer',
  status: 502,
  help: 'Check the address in the configuration, and whether the platform is up. Redirects are not followed: name the final address.',
}) {}

export class ConnectorBusy extends problem({
  slug: 'connector-busy',
  title: 'The platform asks to wait',
  status: 503,
  help: 'Its rate limit is used up. A sync waits by itself; test the connection again later.',
}) {}
