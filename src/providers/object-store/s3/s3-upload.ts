import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ObjectExists } from '../errors.js';
import type { PutOptions, StoredObject } from '../object-store.js';
import { base64OfCrc } from './crc.js';
import { type Piece, piecesOf } from './pieces.js';
import { isAbsent, isConcurrentChange, isPreconditionFailed } from './s3-errors.js';
import type { S3Target } from './s3-target.js';

export interface UploadSettings {
  /** Least size of a part, 5 MiB or more; content up to this is sent at once. */
  readonly partBytes: number;
  /** Parts of one object that are sent at the same time. */
  readonly concurrency: number;
}

/** What has been sent of an object in parts. */
interface Progress {
  readonly uploadId: string;
  readonly parts: CompletedPart[];
  bytes: number;
  crc: number;
}

/** Times that S3 is asked again when it could not decide a condition. */
const conflictsBorne = 3;

/**
 * Puts one object: in one request when it is small, else in parts of which a few are under way at a time. Each part and
 * the whole carry a checksum. Every object is marked with a name of this one upload: where a reply was lost and the
 * repeated request is refused, since the object is there already, the mark tells whose it is.
 */
export class S3Upload {
  private readonly mark = randomUUID();

  constructor(
    private readonly client: S3Client,
    private readonly place: S3Target,
    private readonly settings: UploadSettings,
    private readonly key: string,
    private readonly options: PutOptions,
  ) {}

  /** Nothing is left when it rejects; the content is destroyed then. */
  async send(content: Readable | Uint8Array): Promise<StoredObject> {
    const { signal } = this.options;
    const source = content instanceof Readable ? content : Readable.from([content]);
    const bytes = this.options.bytes ?? (content instanceof Readable ? undefined : content.length);
    const stop = () => source.destroy(signal!.reason as Error);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      signal?.throwIfAborted();
      const pieces = piecesOf(source, this.settings.partBytes, bytes);
      const { value: first } = (await pieces.next()) as { value: Piece };
      signal?.throwIfAborted();
      return first.last ? await this.sendWhole(first.bytes) : await this.sendParts(first, pieces, source);
    } catch (error) {
      source.destroy();
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  private async sendWhole(body: Buffer): Promise<StoredObject> {
    const checksum = base64OfCrc(crc32(body));
    const command = () =>
      new PutObjectCommand({
        ...this.target,
        ...this.creation,
        ...this.condition,
        Body: body,
        ChecksumCRC32: checksum,
      });
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { ETag } = await this.client.send(command());
        return this.stored(body.length, ETag!);
      } catch (error) {
        const found = await this.settle(error, body.length);
        if (found) return found;
        if (!isConcurrentChange(error) || attempt > conflictsBorne) throw error;
      }
    }
  }

  private async sendParts(first: Piece, rest: AsyncIterable<Piece>, source: Readable): Promise<StoredObject> {
    const { UploadId } = await this.client.send(
      new CreateMultipartUploadCommand({
        ...this.target,
        ...this.creation,
        ChecksumAlgorithm: 'CRC32',
        ChecksumType: 'FULL_OBJECT',
      }),
    );
    const progress: Progress = { uploadId: UploadId!, parts: [], bytes: 0, crc: 0 };
    const stop = new AbortController();
    const sending = new Set<Promise<void>>();
    const begin = (piece: Piece) => {
      const part = this.sendPart(progress, piece, stop.signal).finally(() => sending.delete(part));
      // A part that fails must not wait for a source that is silent.
      part.catch((error: Error) => source.destroy(error));
      sending.add(part);
    };
    try {
      begin(first);
      for await (const piece of rest) {
        if (sending.size >= this.settings.concurrency) await Promise.race(sending);
        begin(piece);
      }
      await Promise.all(sending);
      this.options.signal?.throwIfAborted();
      return await this.complete(progress);
    } catch (error) {
      stop.abort();
      // Only once none of them can arrive any more is nothing left.
      await Promise.allSettled(sending);
      await this.giveUp(progress);
      throw error;
    }
  }

  private async sendPart(progress: Progress, { bytes, release }: Piece, signal: AbortSignal): Promise<void> {
    const part: CompletedPart & { PartNumber: number } = {
      PartNumber: progress.parts.length + 1,
      ChecksumCRC32: base64OfCrc(crc32(bytes)),
    };
    progress.parts.push(part);
    progress.crc = crc32(bytes, progress.crc);
    progress.bytes += bytes.length;
    const { PartNumber, ChecksumCRC32 } = part;
    const { ETag } = await this.client.send(
      new UploadPartCommand({ ...this.target, UploadId: progress.uploadId, PartNumber, ChecksumCRC32, Body: bytes }),
      { abortSignal: signal },
    );
    part.ETag = ETag!;
    release();
  }

  /** The point of no return: it is not aborted, so that whoever aborts knows that nothing is there. */
  private async complete({ uploadId, parts, bytes, crc }: Progress): Promise<StoredObject> {
    try {
      const { ETag } = await this.client.send(
        new CompleteMultipartUploadCommand({
          ...this.target,
          ...this.condition,
          UploadId: uploadId,
          MultipartUpload: { Parts: parts },
          MpuObjectSize: bytes,
          ChecksumType: 'FULL_OBJECT',
          ChecksumCRC32: base64OfCrc(crc),
        }),
      );
      return this.stored(bytes, ETag!);
    } catch (error) {
      const found = await this.settle(error, bytes);
      if (found) return found;
      throw error;
    }
  }

  /** The bucket's lifecycle rule removes what this cannot; the error that led here says more. */
  private async giveUp({ uploadId }: Progress): Promise<void> {
    await this.client.send(new AbortMultipartUploadCommand({ ...this.target, UploadId: uploadId })).catch(() => {});
  }

  /** After an error: the object, if it is there nevertheless. Throws `ObjectExists` when it is somebody else's. */
  private async settle(error: unknown, bytes: number): Promise<StoredObject | undefined> {
    const found = await this.find(error);
    if (found?.Metadata?.[markName] === this.mark) return this.stored(bytes, found.ETag!);
    const lost = isPreconditionFailed(error) || (isConcurrentChange(error) && found !== undefined);
    if (lost && this.options.ifAbsent) throw new ObjectExists(this.key);
    return undefined;
  }

  private async find(reason: unknown): Promise<HeadObjectCommandOutput | undefined> {
    try {
      return await this.client.send(new HeadObjectCommand(this.target));
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw reason;
    }
  }

  private stored(bytes: number, etag: string): StoredObject {
    return { key: this.key, bytes, etag };
  }

  private get target() {
    return this.place.of(this.key);
  }

  private get condition() {
    return this.options.ifAbsent ? { IfNoneMatch: '*' } : {};
  }

  private get creation() {
    return { Metadata: { [markName]: this.mark }, ...this.place.encryption };
  }
}

const markName = 'upload';
