import type { Readable, Writable } from 'node:stream';

/**
 * Takes the bytes of one task from its worker's pipe to whoever reads them, no faster than they are read. The pipe
 * outlives the task, so the end is known by counting.
 */
export class OutputReceiver {
  private received = 0;
  private expected: { readonly bytes: number; readonly complete: () => void } | undefined;
  private stallTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pipe: Readable,
    private reader: Writable | undefined,
    private readonly stallMs: number,
    private readonly onLost: (cause: 'stalled' | 'closed') => void,
  ) {
    reader?.on('drain', this.resume).on('close', this.readerClosed);
  }

  receive(chunk: Buffer): void {
    this.received += chunk.length;
    if (this.reader && !this.reader.write(chunk)) this.pause();
    this.checkComplete();
  }

  /** Calls `complete` once so many bytes have come in all. */
  whenReceived(bytes: number, complete: () => void): void {
    this.expected = { bytes, complete };
    this.checkComplete();
  }

  /** From now on bytes are dropped, so that the worker can get rid of what it has still to write. */
  discard(): void {
    this.reader?.off('drain', this.resume).off('close', this.readerClosed);
    this.reader = undefined;
    this.resume();
  }

  close(): void {
    this.discard();
  }

  private checkComplete(): void {
    if (this.expected && this.received >= this.expected.bytes) this.expected.complete();
  }

  private pause(): void {
    this.pipe.pause();
    this.stallTimer ??= setTimeout(() => this.onLost('stalled'), this.stallMs);
  }

  private readonly resume = (): void => {
    clearTimeout(this.stallTimer);
    this.stallTimer = undefined;
    this.pipe.resume();
  };

  private readonly readerClosed = (): void => this.onLost('closed');
}
