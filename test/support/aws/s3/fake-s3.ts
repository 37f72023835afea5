import { randomUUID } from 'node:crypto';
import { createReadStream, mkdtempSync, openSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type AwsError, AwsFailure, FakeAwsService, type FakeReply } from '../fake-service.js';
import { type Content, receive } from './content.js';
import { MultipartUploads } from './multipart.js';
import { textsOf, xml } from './xml.js';

export interface FakeObject extends Content {
  readonly etag: string;
  readonly modified: Date;
  /** The headers with which it was put: encryption, metadata. */
  readonly headers: IncomingMessage['headers'];
}

interface Target {
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/** One bucket of S3, addressed by path, with its bytes in a temporary folder. */
export class FakeS3 extends FakeAwsService {
  readonly bucket = 'lake';
  readonly objects = new Map<string, FakeObject>();
  readonly multipart = new MultipartUploads(() => this.newFile());
  /** Most keys of one page of a listing. */
  pageSize = 1000;
  private breakAfter: number | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'fake-s3-'));

  constructor() {
    super('s3');
  }

  static start(): Promise<FakeS3> {
    return new FakeS3().listen();
  }

  /** Breaks the connection in the middle of the next object that is read. */
  breakNextBody(afterBytes: number): void {
    this.breakAfter = afterBytes;
  }

  keys(): string[] {
    return [...this.objects.keys()].toSorted();
  }

  override async close(): Promise<void> {
    await super.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  protected override operationOf(request: IncomingMessage): string {
    const { key, query } = this.targetOf(request);
    const parts = query.has('uploadId') ? 'WithUpload' : query.has('uploads') ? 'Uploads' : '';
    const name = operations[`${request.method} ${key === '' ? 'bucket' : 'object'}${parts}`];
    return name ?? 'Unknown';
  }

  protected override async perform(operation: string, request: IncomingMessage): Promise<FakeReply> {
    await this.verify(request);
    const target = this.targetOf(request);
    if (target.bucket !== this.bucket) throw new AwsFailure({ name: 'NoSuchBucket', status: 404 });
    switch (operation) {
      case 'HeadBucket':
        return {};
      case 'PutObject':
        return this.put(target, request);
      case 'GetObject':
      case 'HeadObject':
        return this.get(target, request);
      case 'DeleteObject':
        await this.remove(target.key);
        return { status: 204 };
      case 'DeleteObjects':
        return this.removeAll(request);
      case 'ListObjectsV2':
        return this.list(target);
      case 'CreateMultipartUpload':
        return this.createUpload(target, request);
      case 'UploadPart':
        return this.putPart(target, request);
      case 'CompleteMultipartUpload':
        return this.completeUpload(target, request);
      case 'AbortMultipartUpload':
        await this.multipart.end(this.multipart.find(target.query.get('uploadId')!, target.key));
        return { status: 204 };
      case 'ListParts':
        return this.listParts(target);
      case 'ListMultipartUploads':
        return this.listUploads();
      default:
        throw new AwsFailure({ name: 'NotImplemented', status: 501 });
    }
  }

  protected override render({ name, status, message, fields }: AwsError): FakeReply {
    const content = { Code: name, Message: message ?? name, ...(fields as Record<string, string>), RequestId: 'fake' };
    return xml('Error', content, status);
  }

  private targetOf({ url }: IncomingMessage): Target {
    const { pathname, searchParams } = new URL(url!, 'http://fake');
    const [, bucket, ...rest] = pathname.split('/');
    return { bucket: bucket!, key: rest.map(decodeURIComponent).join('/'), query: searchParams };
  }

  private async put({ key }: Target, request: IncomingMessage): Promise<FakeReply> {
    const content = await receive(request, this.newFile());
    const etag = `"${content.md5}"`;
    await this.keep(key, { ...content, etag, modified: now(), headers: request.headers }, request.headers);
    return { headers: { etag, 'x-amz-checksum-crc32': content.crc32, 'x-amz-checksum-type': 'FULL_OBJECT' } };
  }

  /** The conditions are those of the moment at which the object would become visible. */
  private async keep(key: string, object: FakeObject, conditions: IncomingMessage['headers']): Promise<void> {
    const existing = this.objects.get(key);
    const refused =
      (conditions['if-none-match'] === '*' && existing !== undefined) ||
      (conditions['if-match'] !== undefined && conditions['if-match'] !== existing?.etag);
    if (!refused) this.objects.set(key, object);
    const unused = refused ? object : existing;
    if (unused) await rm(unused.path, { force: true });
    if (refused) throw new AwsFailure({ name: 'PreconditionFailed', status: 412 });
  }

  private async get({ key, query }: Target, { method, headers }: IncomingMessage): Promise<FakeReply> {
    const object = this.objects.get(key);
    if (!object) throw new AwsFailure({ name: 'NoSuchKey', status: 404, fields: { Key: key } });
    if (headers['if-match'] !== undefined && headers['if-match'] !== object.etag) {
      throw new AwsFailure({ name: 'PreconditionFailed', status: 412 });
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    if (range && start >= object.bytes) throw new AwsFailure({ name: 'InvalidRange', status: 416 });
    const end = Math.min(range?.[2] ? Number(range[2]) : Infinity, object.bytes - 1);
    const wantsChecksum = headers['x-amz-checksum-mode'] === 'ENABLED' && !range;
    const shown = {
      etag: object.etag,
      'last-modified': object.modified.toUTCString(),
      'content-length': end - start + 1,
      'accept-ranges': 'bytes',
      ...(range && { 'content-range': `bytes ${start}-${end}/${object.bytes}` }),
      ...(wantsChecksum && { 'x-amz-checksum-crc32': object.crc32, 'x-amz-checksum-type': 'FULL_OBJECT' }),
      ...(query.has('response-content-type') && { 'content-type': query.get('response-content-type')! }),
      ...(query.has('response-content-disposition') && {
        'content-disposition': query.get('response-content-disposition')!,
      }),
      ...kept(object.headers, (name) => name.startsWith('x-amz-meta-') || name.startsWith('x-amz-server-side')),
    };
    const body = method === 'HEAD' || object.bytes === 0 ? undefined : this.read(object, start, end);
    return { status: range ? 206 : 200, headers: shown, body };
  }

  /** Opened at once, so that this version can be read on when another replaces it. */
  private read({ path }: FakeObject, start: number, end: number): Readable {
    const stream = createReadStream(path, { fd: openSync(path, 'r'), start, end });
    const breakAfter = this.breakAfter;
    this.breakAfter = undefined;
    return breakAfter === undefined ? stream : Readable.from(broken(stream, breakAfter), { objectMode: false });
  }

  private async remove(key: string): Promise<void> {
    const object = this.objects.get(key);
    this.objects.delete(key);
    if (object) await rm(object.path, { force: true });
  }

  private async removeAll(request: IncomingMessage): Promise<FakeReply> {
    const { headers } = request;
    const document = await text(request);
    const keys = textsOf(document, 'Key');
    if (!headers['content-md5'] && !headers['x-amz-checksum-crc32']) throw invalid('MissingContentMD5');
    if (keys.length === 0 || keys.length > 1000) throw invalid('MalformedXML');
    for (const key of keys) await this.remove(key);
    return xml('DeleteResult', { Deleted: document.includes('<Quiet>true') ? [] : keys.map((Key) => ({ Key })) });
  }

  private list({ query }: Target): FakeReply {
    const prefix = query.get('prefix') ?? '';
    const token = query.get('continuation-token');
    const after = token === null ? '' : Buffer.from(token, 'base64url').toString();
    if (token !== null && !after.startsWith(prefix)) throw invalid('InvalidArgument');
    const keys = this.keys().filter((key) => key.startsWith(prefix) && key > after);
    const limit = Math.min(Number(query.get('max-keys') ?? 1000), this.pageSize);
    const page = keys.slice(0, limit);
    const more = keys.length > page.length;
    return xml('ListBucketResult', {
      Name: this.bucket,
      Prefix: prefix,
      KeyCount: page.length,
      MaxKeys: limit,
      IsTruncated: String(more),
      NextContinuationToken: more ? Buffer.from(page.at(-1)!).toString('base64url') : undefined,
      Contents: page.map((Key) => {
        const { bytes, etag, modified } = this.objects.get(Key)!;
        return { Key, Size: bytes, ETag: etag, LastModified: modified.toISOString(), StorageClass: 'STANDARD' };
      }),
    });
  }

  private createUpload({ key }: Target, { headers }: IncomingMessage): FakeReply {
    const { uploadId } = this.multipart.create(key, headers);
    return xml('InitiateMultipartUploadResult', { Bucket: this.bucket, Key: key, UploadId: uploadId });
  }

  private async putPart({ key, query }: Target, request: IncomingMessage): Promise<FakeReply> {
    const upload = this.multipart.find(query.get('uploadId')!, key);
    const part = await this.multipart.addPart(upload, Number(query.get('partNumber')), request);
    return { headers: { etag: `"${part.md5}"`, 'x-amz-checksum-crc32': part.crc32 } };
  }

  private async completeUpload({ key, query }: Target, request: IncomingMessage): Promise<FakeReply> {
    const upload = this.multipart.find(query.get('uploadId')!, key);
    const { headers } = request;
    const document = await text(request);
    const crc = headers['x-amz-checksum-crc32'] as string | undefined;
    const content = await this.multipart.assemble(upload, document, crc);
    if (![undefined, String(content.bytes)].includes(headers['x-amz-mp-object-size'] as string | undefined)) {
      throw invalid('InvalidRequest');
    }
    await this.keep(key, { ...content, modified: upload.initiated, headers: upload.headers }, headers);
    await this.multipart.end(upload);
    return xml('CompleteMultipartUploadResult', { Bucket: this.bucket, Key: key, ETag: content.etag });
  }

  private listParts({ key, query }: Target): FakeReply {
    const { uploadId, parts } = this.multipart.find(query.get('uploadId')!, key);
    const after = Number(query.get('part-number-marker') ?? 0);
    const left = [...parts].toSorted(([a], [b]) => a - b).filter(([number]) => number > after);
    const page = left.slice(0, this.pageSize);
    return xml('ListPartsResult', {
      Bucket: this.bucket,
      Key: key,
      UploadId: uploadId,
      IsTruncated: String(left.length > page.length),
      NextPartNumberMarker: page.at(-1)?.[0],
      Part: page.map(([PartNumber, { md5, bytes, crc32 }]) => {
        return { PartNumber, ETag: `"${md5}"`, Size: bytes, ChecksumCRC32: crc32 };
      }),
    });
  }

  private listUploads(): FakeReply {
    const Upload = [...this.multipart.open.values()].map(({ key, uploadId, initiated }) => {
      return { Key: key, UploadId: uploadId, Initiated: initiated.toISOString() };
    });
    return xml('ListMultipartUploadsResult', { Bucket: this.bucket, IsTruncated: 'false', Upload });
  }

  private newFile(): string {
    return join(this.folder, randomUUID());
  }
}

const operations: Readonly<Record<string, string>> = {
  'HEAD bucket': 'HeadBucket',
  'GET bucket': 'ListObjectsV2',
  'POST bucket': 'DeleteObjects',
  'GET bucketUploads': 'ListMultipartUploads',
  'PUT object': 'PutObject',
  'GET object': 'GetObject',
  'HEAD object': 'HeadObject',
  'DELETE object': 'DeleteObject',
  'POST objectUploads': 'CreateMultipartUpload',
  'PUT objectWithUpload': 'UploadPart',
  'POST objectWithUpload': 'CompleteMultipartUpload',
  'DELETE objectWithUpload': 'AbortMultipartUpload',
  'GET objectWithUpload': 'ListParts',
};

/** S3 keeps times to the second. */
function now(): Date {
  return new Date(Math.floor(Date.now() / 1000) * 1000);
}

function invalid(name: string): AwsFailure {
  return new AwsFailure({ name, status: 400 });
}

function kept(headers: IncomingMessage['headers'], wanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => wanted(name))) as Record<string, string>;
}

async function* broken(stream: Readable, afterBytes: number): AsyncGenerator<Buffer> {
  let left = afterBytes;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) throw new Error('The connection broke.');
  }
}
