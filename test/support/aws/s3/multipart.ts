import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { AwsFailure } from '../fake-service.js';
import { base64OfCrc, type Content, receive } from './content.js';
import { elementsOf, textsOf } from './xml.js';

/** An upload in parts that has not ended yet. */
export interface MultipartUpload {
  readonly uploadId: string;
  readonly key: string;
  /** The headers with which it was begun. */
  readonly headers: IncomingMessage['headers'];
  readonly initiated: Date;
  readonly parts: Map<number, Content>;
}

const leastPartBytes = 5 * 1024 * 1024;
const greatestPartNumber = 10_000;

/** Uploads in parts, with S3's rules for them. */
export class MultipartUploads {
  readonly open = new Map<string, MultipartUpload>();

  constructor(private readonly newFile: () => string) {}

  create(key: string, headers: IncomingMessage['headers']): MultipartUpload {
    const upload = { uploadId: randomUUID(), key, headers, initiated: new Date(), parts: new Map<number, Content>() };
    this.open.set(upload.uploadId, upload);
    return upload;
  }

  find(uploadId: string, key: string): MultipartUpload {
    const upload = this.open.get(uploadId);
    if (!upload || upload.key !== key) throw new AwsFailure({ name: 'NoSuchUpload', status: 404 });
    return upload;
  }

  async addPart(upload: MultipartUpload, partNumber: number, request: IncomingMessage): Promise<Content> {
    if (!(partNumber >= 1 && partNumber <= greatestPartNumber)) fail('InvalidArgument');
    const part = await receive(request, this.newFile());
    // It may have been aborted meanwhile.
    if (!this.open.has(upload.uploadId)) {
      await rm(part.path, { force: true });
      throw new AwsFailure({ name: 'NoSuchUpload', status: 404 });
    }
    const earlier = upload.parts.get(partNumber);
    upload.parts.set(partNumber, part);
    if (earlier) await rm(earlier.path, { force: true });
    return part;
  }

  /** One file of the parts that the document names. The upload stays open until `end`. */
  async assemble(upload: MultipartUpload, document: string, fullCrc?: string): Promise<Content & { etag: string }> {
    const parts = this.named(upload, document);
    const path = this.newFile();
    let crc = 0;
    await pipeline(async function* () {
      for (const part of parts) {
        for await (const chunk of createReadStream(part.path) as AsyncIterable<Buffer>) {
          crc = crc32(chunk, crc);
          yield chunk;
        }
      }
    }, createWriteStream(path));
    if (fullCrc !== undefined && fullCrc !== base64OfCrc(crc)) {
      await rm(path);
      fail('BadDigest');
    }
    const md5 = createHash('md5')
      .update(Buffer.concat(parts.map((part) => Buffer.from(part.md5, 'hex'))))
      .digest('hex');
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    return { path, bytes, md5, crc32: base64OfCrc(crc), sha256: '', etag: `"${md5}-${parts.length}"` };
  }

  async end({ uploadId, parts }: MultipartUpload): Promise<void> {
    this.open.delete(uploadId);
    for (const { path } of parts.values()) await rm(path, { force: true });
  }

  private named(upload: MultipartUpload, document: string): Content[] {
    const named = elementsOf(document, 'Part').map((part) => ({
      number: Number(textsOf(part, 'PartNumber')[0]),
      etag: textsOf(part, 'ETag')[0],
      crc: textsOf(part, 'ChecksumCRC32')[0],
    }));
    if (named.length === 0) fail('MalformedXML');
    return named.map(({ number, etag, crc }, index) => {
      if (index > 0 && number <= named[index - 1]!.number) fail('InvalidPartOrder');
      const part = upload.parts.get(number);
      if (!part || etag !== `"${part.md5}"` || (crc !== undefined && crc !== part.crc32)) fail('InvalidPart');
      if (index < named.length - 1 && part.bytes < leastPartBytes) fail('EntityTooSmall');
      return part;
    });
  }
}

function fail(name: string): never {
  throw new AwsFailure({ name, status: 400 });
}
