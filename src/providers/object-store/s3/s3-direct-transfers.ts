import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListParts,
  type Part,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { DirectAddress, DirectDownload, DirectTransfers } from '../direct-transfers.js';
import { DirectPartTooSmall, DirectUploadGone, ObjectLengthMismatch, ObjectNotFound } from '../errors.js';
import { checkKey } from '../keys.js';
import type { StoredObject } from '../object-store.js';
import { isAbsent, isNoSuchUpload, isPartTooSmall } from './s3-errors.js';
import type { S3Target } from './s3-target.js';

/** Presigned addresses of S3: they carry the rights of the service's own credentials, and expire at the latest with those. */
export class S3DirectTransfers implements DirectTransfers {
  constructor(
    private readonly client: S3Client,
    private readonly target: S3Target,
    private readonly seconds: number,
  ) {}

  async download(key: string, { fileName, contentType }: DirectDownload): Promise<DirectAddress> {
    const object = this.target.of(checkKey(key));
    await this.client.send(new HeadObjectCommand(object)).catch((error: unknown) => {
      throw isAbsent(error) ? new ObjectNotFound(key) : error;
    });
    const command = new GetObjectCommand({
      ...object,
      ResponseContentDisposition: `attachment; filename="${fileName}"`,
      ResponseContentType: contentType,
    });
    return this.address(getSignedUrl(this.client, command, this.validity));
  }

  async begin(key: string): Promise<string> {
    const command = new CreateMultipartUploadCommand({ ...this.target.of(checkKey(key)), ...this.target.encryption });
    return (await this.client.send(command)).UploadId!;
  }

  part(key: string, uploadId: string, partNumber: number): Promise<DirectAddress> {
    const object = this.target.of(checkKey(key));
    const command = new UploadPartCommand({ ...object, UploadId: uploadId, PartNumber: partNumber });
    return this.address(getSignedUrl(this.client, command, this.validity));
  }

  async complete(key: string, uploadId: string, bytes: number): Promise<StoredObject> {
    const upload = { ...this.target.of(checkKey(key)), UploadId: uploadId };
    try {
      const parts: Part[] = [];
      for await (const { Parts } of paginateListParts({ client: this.client }, upload)) parts.push(...(Parts ?? []));
      const arrived = parts.reduce((sum, { Size }) => sum + Size!, 0);
      if (arrived !== bytes) throw new ObjectLengthMismatch(bytes, arrived);
      const MultipartUpload = { Parts: parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag })) };
      const command = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload, MpuObjectSize: bytes });
      return { key, bytes, etag: (await this.client.send(command)).ETag! };
    } catch (error) {
      if (isPartTooSmall(error)) throw new DirectPartTooSmall(key);
      throw isNoSuchUpload(error) ? new DirectUploadGone(key) : error;
    }
  }

  async abort(key: string, uploadId: string): Promise<void> {
    const upload = { ...this.target.of(checkKey(key)), UploadId: uploadId };
    await this.client.send(new AbortMultipartUploadCommand(upload)).catch((error: unknown) => {
      if (!isNoSuchUpload(error)) throw error;
    });
  }

  private get validity() {
    return { expiresIn: this.seconds };
  }

  private async address(signing: Promise<string>): Promise<DirectAddress> {
    const expiresAt = new Date(Date.now() + this.seconds * 1000);
    return { url: await signing, expiresAt };
  }
}
