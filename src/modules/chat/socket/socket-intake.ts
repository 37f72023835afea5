import type { WebSocket } from 'ws';
import { type CloseCode, closeCodes } from './close-codes.js';
import type { Frame } from './frame.dto.js';
import { readFrame, UnreadableFrame } from './read-frame.js';
import { socketLimits } from './socket-limits.js';

const windowMs = 10_000;

/** Who gets what a client sends. */
export interface Reception {
  /** One frame at a time, in the order in which they came. Never rejects. */
  serve(frame: Frame): Promise<void>;
  /** A frame of a known type with faults; `id` is its own, where it has one. */
  refuse(id: string | undefined, error: unknown): void;
  close(code: CloseCode, reason: string): void;
}

/** What comes in from a client: reads no more than can be served, and no more than a client may send. */
export class SocketIntake {
  private inTurn: Promise<void> = Promise.resolve();
  private waiting = 0;
  private counted = 0;
  private countedSince = 0;
  /** Nothing more is read. */
  private hasEnough = false;
  private isClosed = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly reception: Reception,
  ) {
    socket.on('message', (data, isBinary) => this.received(data, isBinary));
    socket.on('ping', () => this.count());
    socket.on('pong', () => this.count());
  }

  /** Before any frame is served. */
  begin(work: Promise<void>): void {
    this.inTurn = work;
  }

  /** Ignores what comes from now on; resolves when what came before has been served. */
  close(): Promise<void> {
    this.isClosed = true;
    return this.inTurn;
  }

  private received(data: unknown, isBinary: boolean): void {
    if (!this.count() || this.isClosed) return;
    if (isBinary) return this.reception.close(closeCodes.badFrame, 'Frames are text.');
    const text = String(data);
    this.waiting += 1;
    if (this.waiting >= socketLimits.waitingFrames) this.socket.pause();
    this.inTurn = this.inTurn.then(() => this.serve(text)).finally(() => this.served());
  }

  private serve(text: string): Promise<void> {
    try {
      return this.reception.serve(readFrame(text));
    } catch (error) {
      if (error instanceof UnreadableFrame) this.reception.close(closeCodes.badFrame, error.message);
      else this.reception.refuse(idOf(text), error);
      return Promise.resolve();
    }
  }

  private served(): void {
    this.waiting -= 1;
    const hasRoom = this.waiting < socketLimits.waitingFrames / 2;
    if (hasRoom && !this.hasEnough && this.socket.isPaused) this.socket.resume();
  }

  private count(): boolean {
    const now = performance.now();
    if (now - this.countedSince > windowMs) {
      this.countedSince = now;
      this.counted = 0;
    }
    this.counted += 1;
    if (this.counted <= socketLimits.framesPerTenSeconds) return true;
    if (!this.hasEnough) {
      this.hasEnough = true;
      this.reception.close(closeCodes.tooMany, 'Too many frames.');
      // What else is on its way would cost as much as what was too much. The client has `closeMs` to see why.
      this.socket.pause();
    }
    return false;
  }
}

/** The id of a frame that has faults, if it has one. */
function idOf(text: string): string | undefined {
  const { id } = JSON.parse(text) as { id?: unknown };
  return typeof id === 'string' && id.length > 0 && id.length <= 100 ? id : undefined;
}
