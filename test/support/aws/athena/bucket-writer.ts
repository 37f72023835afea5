import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { FakeS3 } from '../s3/fake-s3.js';

/** Writes what Athena writes: objects by their location, past the service's own folder. */
export function bucketWriter(s3: FakeS3) {
  const client = new S3Client({ ...s3.clientConfig, forcePathStyle: true });
  const write = async (location: string, Body: string): Promise<void> => {
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location)!;
    await client.send(new PutObjectCommand({ Bucket, Key, Body }));
  };
  return { write, close: () => client.destroy() };
}
