import { GlueClient, type GlueClientConfig } from '@aws-sdk/client-glue';
import { clientOptions } from '../../aws/client-options.js';
import { translate } from './glue-errors.js';

const limits = { maxSockets: 64, idleMs: 20_000, maxAttempts: 5 };

/** Where the SDK's default chain is not to be asked, as in tests. */
export type GlueConnection = Pick<GlueClientConfig, 'endpoint' | 'region' | 'credentials'>;

/** Region, credentials and endpoint are those of the SDK's default chain unless they are given. */
export function createGlueClient(connection: GlueConnection = {}): GlueClient {
  const client = new GlueClient({
    ...connection,
    ...clientOptions(limits),
  });
  // Around all else, the SDK's own retries included.
  const place = { step: 'initialize', priority: 'high', name: 'translateErrors' } as const;
  client.middlewareStack.add(
    (next) => (request) =>
      next(request).catch((error: unknown) => {
        throw translate(error);
      }),
    place,
  );
  return client;
}
