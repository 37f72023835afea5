import type { Writable } from 'node:stream';
import { WebSocket } from 'ws';
import { type CloseCode, closeReason } from './close-codes.js';
import { socketLimits } from './socket-limits.js';

/** What goes out to a client. What waits for a slow reader is bounded: whoever has more to send waits, too. */
export class SocketOutlet {
  private waiting: (() => void)[] = [];
  private fullSince: number | undefined;
  private isGathering = false;

  /** `wire` is the connection under the socket. */
  constructor(
    private readonly socket: WebSocket,
    private readonly wire: Writable,
  ) {}

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Sends a small answer at once. Before the next frame of the client is served, there has to be room again. */
  say(frame: object): void {
    if (this.isOpen) this.write(JSON.stringify(frame));
  }

  /** Sends when there is room, unless the socket was closed or the signal aborted meanwhile. */
  async send(text: string, signal: AbortSignal): Promise<void> {
    if (this.isFull) await this.room();
    if (this.isOpen && !signal.aborted) this.write(text);
  }

  /** Resolves when little enough waits for the client, or when it has gone. */
  async room(): Promise<void> {
    while (this.isFull) {
      this.fullSince ??= performance.now();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** How long somebody has been waiting for the client to read, in milliseconds. */
  stalledFor(now: number): number {
    return this.fullSince === undefined ? 0 : now - this.fullSince;
  }

  close(code: CloseCode, reason: string): void {
    this.socket.close(code, closeReason(reason));
    this.wake();
  }

  /** Lets everybody look again who waits for room. */
  wake(): void {
    this.fullSince = undefined;
    const { waiting } = this;
    this.waiting = [];
    for (const wake of waiting) wake();
  }

  /** Frames that are sent at the same time go to the operating system together. */
  private write(text: string): void {
    if (!this.isGathering) {
      this.isGathering = true;
      this.wire.cork();
      process.nextTick(() => {
        this.isGathering = false;
        this.wire.uncork();
      });
    }
    this.socket.send(text, this.flushed);
  }

  private get isFull(): boolean {
    return this.isOpen && this.socket.bufferedAmount > socketLimits.bufferedBytes;
  }

  private readonly flushed = (): void => {
    if (this.waiting.length > 0 && !this.isFull) this.wake();
  };
}
