import { createReadStream } from 'node:fs';
import { mkdir, realpath, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ObjectLengthMismatch } from '../errors.js';
import { checkFolderPrefix, checkKey, checkPrefix } from '../keys.js';
import { type ByteRange, type ObjectInfo, ObjectStore, type PutOptions, type StoredObject } from '../object-store.js';
import { scratchFile } from '../scratch-file.js';
import { assertBucket, createS3Client, type S3Connection } from './s3-client.js';
import { S3DirectTransfers } from './s3-direct-transfers.js';
import { isAbsent } from './s3-errors.js';
import { S3Read } from './s3-read.js';
import { S3Target } from './s3-target.js';
import { S3Upload, type UploadSettings } from './s3-upload.js';

export interface S3ObjectStoreOptions extends S3Connection {
  readonly bucket: string;
  /** Folder of the bucket in which all keys are, without a slash at its end; empty for none. */
  readonly prefix?: string;
  readonly kmsKeyId?: string | undefined;
  /** Local folder for temporary files; it is emptied. */
  readonly scratchDirectory: string;
  /** Life of the addresses that `direct` gives; 900 when absent. */
  readonly directSeconds?: number;
  /** Connections at a time; 256 when absent. */
  readonly maxSockets?: number;
  /** 8 MiB when absent. */
  readonly partBytes?: number;
  /** Parts of one object under way at a time; 3 when absent. */
  readonly concurrency?: number;
}

const DEFAULTS = { prefix: '', partBytes: 8 * 1024 * 1024, concurrency: 3, directSeconds: 900 };

/**
 * Objects in a bucket of Amazon S3. Its reads see every write that was answered before them. `docs/aws.md` says what
 * the bucket needs: encryption, a lifecycle rule that ends forgotten multipart uploads, and which rights.
 */
export class S3ObjectStore extends ObjectStore {
  readonly direct: S3DirectTransfers;
  private readonly target: S3Target;
  private readonly settings: UploadSettings;

  private constructor(
    private readonly client: S3Client,
    options: S3ObjectStoreOptions,
    readonly scratchDirectory: string,
  ) {
    super();
    const { prefix, partBytes, concurrency, directSeconds } = { ...DEFAULTS, ...options };
    this.settings = { partBytes, concurrency };
    this.target = new S3Target(options.bucket, prefix === '' ? '' : `${prefix}/`, options.kmsKeyId);
    this.direct = new S3DirectTransfers(client, this.target, directSeconds);
  }

  /** Rejects with `StartupError` when the bucket cannot be used. */
  static async open(options: S3ObjectStoreOptions): Promise<S3ObjectStore> {
    const { endpoint, region, credentials, forcePathStyle, scratchDirectory: scratch } = options;
    const connection = Object.entries({ endpoint, region, credentials, forcePathStyle });
    const given = Object.fromEntries(connection.filter(([, value]) => value !== undefined));
    const client = createS3Client(given, options.maxSockets);
    await assertBucket(client, options.bucket);
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { recursive: true });
    return new S3ObjectStore(client, options, await realpath(scratch));
  }

  async put(key: string, content: Readable | Uint8Array, options: PutOptions = {}): Promise<StoredObject> {
    return new S3Upload(this.client, this.target, this.settings, checkKey(key), options).send(content);
  }

  async putFile(key: string, localPath: string, options: PutOptions = {}): Promise<StoredObject> {
    checkKey(key);
    const { path, size } = await scratchFile(this.scratchDirectory, localPath);
    if (options.bytes !== undefined && options.bytes !== size) throw new ObjectLengthMismatch(options.bytes, size);
    const stored = await this.put(key, createReadStream(path), { ...options, bytes: size });
    await rm(path);
    return stored;
  }

  async get(key: string, range: ByteRange = { start: 0 }): Promise<Readable> {
    return new S3Read(this.client, this.target, checkKey(key)).open(range);
  }

  /** Reads what other services have written into the same bucket beside the store's own folder. Rejects with `ObjectNotFound`. */
  async getBeside(location: string): Promise<Readable> {
    const root = `s3://${this.target.bucket}/`;
    if (!location.startsWith(root)) throw new Error(`Not in the bucket of this store: ${location}`);
    const target = new S3Target(this.target.bucket, '', undefined);
    return new S3Read(this.client, target, location.slice(root.length)).open({ start: 0 });
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    try {
      const found = await this.client.send(new HeadObjectCommand(this.target.of(checkKey(key))));
      return { key, bytes: found.ContentLength!, etag: found.ETag!, modifiedAt: found.LastModified! };
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.target.of(checkKey(key))));
  }

  async deletePrefix(prefix: string): Promise<number> {
    let deleted = 0;
    for await (const page of this.pages(checkFolderPrefix(prefix))) {
      if (page.length === 0) continue;
      const objects = page.map(({ Key }) => ({ Key }));
      const { Errors: errors = [] } = await this.client.send(
        new DeleteObjectsCommand({ Bucket: this.target.bucket, Delete: { Objects: objects, Quiet: true } }),
      );
      const [first] = errors;
      if (first) throw new Error(`S3 did not delete ${errors.length} objects: ${first.Code} ${first.Message}`);
      deleted += page.length;
    }
    return deleted;
  }

  async *list(prefix: string): AsyncIterable<ObjectInfo> {
    for await (const page of this.pages(checkPrefix(prefix))) {
      for (const { Key, Size, ETag, LastModified } of page) {
        yield { key: Key!.slice(this.target.folder.length), bytes: Size!, etag: ETag!, modifiedAt: LastModified! };
      }
    }
  }

  location(key: string): string {
    const { Bucket, Key } = this.target.of(checkKey(key));
    return `s3://${Bucket}/${Key}`;
  }

  keyOf(location: string): string {
    const root = `s3://${this.target.bucket}/${this.target.folder}`;
    if (!location.startsWith(root)) throw new Error(`Not a location of this store: ${location}`);
    return checkKey(location.slice(root.length));
  }

  async freeBytes(): Promise<number> {
    return Infinity;
  }

  /** S3 gives at most a thousand keys at a time, in the order of their bytes. */
  private async *pages(prefix: string) {
    const pages = paginateListObjectsV2(
      { client: this.client },
      { Bucket: this.target.bucket, Prefix: this.target.folder + prefix },
    );
    for await (const { Contents = [] } of pages) yield Contents;
  }
}
