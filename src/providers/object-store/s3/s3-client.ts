import { HeadBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { StartupError } from '../../../platform/errors/startup-error.js';
import { clientOptions } from '../../aws/client-options.js';
import { translate } from './s3-errors.js';

/** Readers and writers share them, and slow readers hold theirs for long. */
const defaultMaxSockets = 256;
/** Reading goes on over another connection. */
const limits = { idleMs: 60_000, maxAttempts: 5 };

/** Where the SDK's default chain is not to be asked, as in tests. */
export type S3Connection = Pick<S3ClientConfig, 'endpoint' | 'region' | 'credentials' | 'forcePathStyle'>;

/** Region, credentials and endpoint are those of the SDK's default chain unless they are given. */
export function createS3Client(connection: S3Connection, maxSockets = defaultMaxSockets): S3Client {
  const client = new S3Client({
    ...connection,
    ...clientOptions({ ...limits, maxSockets }),
    // Every upload brings its own checksum; one that the SDK adds would be wrong in presigned addresses.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  // Around all else, so that every request rejects as the port promises once its retries are over.
  client.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request);
      } catch (error) {
        throw translate(error);
      }
    },
    { step: 'initialize', priority: 'high', name: 'translateErrors' },
  );
  return client;
}

/** Rejects with `StartupError` when the bucket cannot be used from here. */
export async function assertBucket(client: S3Client, bucket: string): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    const { $metadata, message, cause } = error as Error & { $metadata?: { httpStatusCode?: number }; cause?: Error };
    const reason = reasons[$metadata?.httpStatusCode ?? 0] ?? cause?.message ?? message;
    throw new StartupError(`S3_BUCKET=${bucket} cannot be used: ${reason}.`, { cause: error });
  }
}

const reasons: Readonly<Record<number, string>> = {
  301: 'it is in another region than AWS_REGION',
  400: 'it is in another region than AWS_REGION, or the credentials have expired',
  403: 'the credentials have no right to list it (s3:ListBucket)',
  404: 'there is no such bucket',
};
