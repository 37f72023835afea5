import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { StartupError } from '../../../platform/errors/startup-error.js';
import { clientOptions } from '../../aws/client-options.js';
import { translate } from './kms-errors.js';

const limits = { maxSockets: 32, idleMs: 2000, maxAttempts: 4 };

/** Where the SDK's default chain is not to be asked, as in tests. */
export type KmsConnection = Pick<KMSClientConfig, 'endpoint' | 'region' | 'credentials'>;

/**
 * Region, credentials and endpoint are those of the SDK's default chain unless they are given. Rejects with `StartupError`
 * where the SDK finds no region.
 */
export async function createKmsClient(connection: KmsConnection = {}): Promise<KMSClient> {
  const client = new KMSClient({ ...connection, ...clientOptions(limits) });
  try {
    await client.config.region();
  } catch (error) {
    const { message } = error as Error;
    throw new StartupError(`SECRETS_KMS_KEY_ID is set, but no AWS region is. Set AWS_REGION. (${message})`);
  }
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
