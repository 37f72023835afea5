import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { GetObjectCommand, type GetObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { ObjectDamaged, ObjectNotFound, ObjectReplaced, ObjectStoreUnavailable } from '../errors.js';
import type { ByteRange } from '../object-store.js';
import { base64OfCrc } from './crc.js';
import { isAbsent, isBeyondEnd, isPreconditionFailed } from './s3-errors.js';
import type { S3Target } from './s3-target.js';

/** Times that reading is taken up again without a byte having come. */
const maxFruitless = 3;

/** Reads one object, over as many connections as it takes. */
export class S3Read {
  constructor(
    private readonly client: S3Client,
    private readonly target: S3Target,
    private readonly key: string,
  ) {}

  /** Rejects with `ObjectNotFound`. The stream fails with `ObjectReplaced` when it cannot go on with the same version. */
  async open({ start, end }: ByteRange): Promise<Readable> {
    const first = await this.request(start, end).catch((error: unknown) => {
      if (isBeyondEnd(error)) return undefined;
      throw isAbsent(error) ? new ObjectNotFound(this.key) : error;
    });
    if (!first) return Readable.from([]);
    const open = { body: first.Body as Readable };
    const stream = Readable.from(this.follow(first, open, start), { objectMode: false });
    return stream.once('close', () => open.body.destroy());
  }

  private async *follow(
    { ETag, ContentLength, ChecksumCRC32 }: GetObjectCommandOutput,
    open: { body: Readable },
    start: number,
  ): AsyncGenerator<Uint8Array> {
    const end = start + ContentLength!;
    let position = start;
    let crc = 0;
    for (let fruitless = 0; ; fruitless += 1) {
      const broken = yield* deliver(open.body, (chunk) => {
        position += chunk.length;
        crc = crc32(chunk, crc);
        fruitless = 0;
      });
      if (position >= end) break;
      if (fruitless === maxFruitless) throw new ObjectStoreUnavailable(broken);
      open.body = await this.resume(position, end - 1, ETag!);
    }
    // The SDK checks only what comes over one connection.
    if (ChecksumCRC32 !== undefined && ChecksumCRC32 !== base64OfCrc(crc)) throw new ObjectDamaged(this.key);
  }

  private async resume(start: number, end: number, etag: string): Promise<Readable> {
    try {
      return (await this.request(start, end, etag)).Body as Readable;
    } catch (error) {
      throw isAbsent(error) || isPreconditionFailed(error) ? new ObjectReplaced(this.key) : error;
    }
  }

  private request(start: number, end: number | undefined, etag?: string): Promise<GetObjectCommandOutput> {
    const whole = start === 0 && end === undefined;
    return this.client.send(
      new GetObjectCommand({
        ...this.target.of(this.key),
        // S3 keeps checksums of whole objects only.
        ...(whole ? { ChecksumMode: 'ENABLED' } : { Range: `bytes=${start}-${end ?? ''}` }),
        ...(etag !== undefined && { IfMatch: etag }),
      }),
    );
  }
}

/** Gives all that comes; returns the error that has ended it, if one has. */
async function* deliver(
  body: Readable,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array, Error | undefined> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (;;) {
    let next: IteratorResult<Uint8Array>;
    try {
      next = await chunks.next();
    } catch (error) {
      return error as Error;
    }
    if (next.done) return undefined;
    onChunk(next.value);
    yield next.value;
  }
}
