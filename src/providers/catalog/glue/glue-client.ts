import { GlueClient, type GlueClientConfig } from '@aws-sdk/client-glue';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { translate } from './glue-errors.js';

const maxSockets = 64;
const connectMs = 3000;
const idleMs = 20_000;
const maxAttempts = 5;

/** Where the SDK's default chain is not to be asked, as in tests. */
export type GlueConnection = Pick<GlueClientConfig, 'endpoint' | 'region' | 'credentials'>;

/** Region, credentials and endpoint are those of the SDK's default chain unless they are given. */
export function createGlueClient(connection: GlueConnection = {}): GlueClient {
  const agent = { keepAlive: true, maxSockets };
  const client = new GlueClient({
    ...connection,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectMs,
      socketTimeout: idleMs,
      httpAgent: agent,
      httpsAgent: agent,
    }),
    retryMode: 'standard',
    maxAttempts,
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
