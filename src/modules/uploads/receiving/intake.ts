import { createHash } from 'node:crypto';
import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { foreignKind } from '../domain/file-kind.js';
import { NotATextTable, UploadInterrupted, UploadStalled } from '../errors.js';

export interface IntakeRules {
  /** Most bytes that may pass; more ends the transfer with what `tooLarge` makes. */
  readonly limit: number;
  readonly tooLarge: () => Error;
  /** Longest pause between two pieces. */
  readonly idleSeconds: number;
  /** Called for about every eight megabytes; throws when there is no room for more. */
  readonly assertRoom: () => Promise<void>;
  /** False for what does not begin at the file's first byte. */
  readonly fromStart: boolean;
  /** Called with the number of bytes so far, at most every two seconds. */
  readonly onProgress: (bytes: number) => void;
}

/** How much of a file is looked at to find out what it is: dialect, columns, first rows. */
export const headBytes = 256 * 1024;

const signatureBytes = 512;
const bytesBetweenRoomChecks = 8 * 1024 * 1024;
const msBetweenReports = 2_000;

/**
 * Passes a file's bytes on in constant memory, and meanwhile counts and hashes them, keeps the first ones, and ends the
 * transfer with a problem as soon as it is too large, stalls, is no text table, or the disk runs full.
 */
export class Intake extends Transform {
  bytes = 0;
  private readonly hash = createHash('sha256');
  private readonly kept: Buffer[] = [];
  private keptBytes = 0;
  private roomCheckedAt = 0;
  private reportedAt = Date.now();
  private recognised: boolean;
  private readonly idle: NodeJS.Timeout;

  private constructor(private readonly rules: IntakeRules) {
    super();
    // Whoever consumes the bytes gets the error too; without a listener it would end the process when it comes before the consumer.
    this.on('error', () => {});
    this.recognised = !rules.fromStart;
    this.idle = setTimeout(() => this.destroy(new UploadStalled(rules.idleSeconds)), rules.idleSeconds * 1000);
  }

  /**
   * Connects the source, whose errors `explain` translates. The source is never destroyed from here, so that its sender
   * can still be answered.
   */
  static of(source: Readable, rules: IntakeRules, explain: (error: Error) => Error): Intake {
    const intake = new Intake(rules);
    const broken = () => intake.destroy(explain(source.errored ?? new UploadInterrupted()));
    source.once('error', broken);
    source.once('close', () => {
      if (!source.readableEnded) broken();
    });
    if (source.destroyed && !source.readableEnded) broken();
    return source.pipe(intake);
  }

  /** The file's first bytes. */
  get head(): Buffer {
    return Buffer.concat(this.kept).subarray(0, headBytes);
  }

  /** SHA-256 of all bytes, hexadecimal. Once, after the end. */
  digest(): string {
    return this.hash.digest('hex');
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.idle.refresh();
    this.bytes += chunk.length;
    if (this.bytes > this.rules.limit) return done(this.rules.tooLarge());
    this.hash.update(chunk);
    this.keep(chunk);
    const foreign = this.foreign(false);
    if (foreign) return done(foreign);
    this.report();
    if (this.bytes - this.roomCheckedAt < bytesBetweenRoomChecks) return done(null, chunk);
    this.roomCheckedAt = this.bytes;
    void this.passIfRoom(chunk, done);
  }

  private async passIfRoom(chunk: Buffer, done: TransformCallback): Promise<void> {
    try {
      await this.rules.assertRoom();
    } catch (error) {
      return done(error as Error);
    }
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    done(this.foreign(true));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.idle);
    done(error);
  }

  private keep(chunk: Buffer): void {
    if (this.keptBytes >= headBytes) return;
    this.kept.push(chunk);
    this.keptBytes += chunk.length;
  }

  private foreign(ended: boolean): NotATextTable | null {
    if (this.recognised || (!ended && this.keptBytes < signatureBytes)) return null;
    this.recognised = true;
    const kind = foreignKind(this.head);
    return kind ? new NotATextTable(kind) : null;
  }

  private report(): void {
    const now = Date.now();
    if (now - this.reportedAt < msBetweenReports) return;
    this.reportedAt = now;
    this.rules.onProgress(this.bytes);
  }
}
