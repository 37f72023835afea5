import type { ServerSideEncryption } from '@aws-sdk/client-s3';

/** Where in S3 the objects are, and how new ones are encrypted. */
export class S3Target {
  constructor(
    readonly bucket: string,
    /** What stands before every key in the bucket: empty, or a folder with a slash at its end. */
    readonly folder: string,
    /** The key of KMS for new objects; the bucket's own encryption when absent. */
    private readonly kmsKeyId: string | undefined,
  ) {}

  of(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.bucket, Key: this.folder + key };
  }

  /** What goes with every request that makes an object. */
  get encryption() {
    if (this.kmsKeyId === undefined) return {};
    const ServerSideEncryption: ServerSideEncryption = 'aws:kms';
    return { ServerSideEncryption, SSEKMSKeyId: this.kmsKeyId, BucketKeyEnabled: true };
  }
}
