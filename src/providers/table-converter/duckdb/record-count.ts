import { openSync, readSync, closeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface RecordCount {
  /** Rows after the skipped lines; blank lines are none. */
  readonly records: number;
  /** Whether the file is what the count can judge: no NUL, and no quote left open at the end. */
  readonly regular: boolean;
}

export interface CountOptions {
  readonly quote: string;
  /** Physical lines that are not counted. */
  readonly skip: number;
  readonly signal: AbortSignal;
}

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const NONE = -1;
/** With more quotes than one in so many bytes, it is quicker to look at each byte. */
const BYTES_PER_QUOTE = 20;

/**
 * Counts the rows of a file by its bytes alone, apart from any parser: newlines outside quotes. Where quotes stand
 * inside unquoted fields the count is wrong rather than the file, so a difference means "look closer", never "lost".
 */
export async function countRecords(path: string, { quote, skip, signal }: CountOptions): Promise<RecordCount> {
  const counter = new RecordCounter(quote === '' ? NONE : quote.charCodeAt(0), skip);
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
      counter.add(buffer.subarray(0, length));
      await nextTurn();
      signal.throwIfAborted();
    }
  } finally {
    closeSync(file);
  }
  return counter.finish();
}

class RecordCounter {
  private records = 0;
  private hasNul = false;
  private isOpen = false;
  /** Quotes in the chunk before, which is likely to be like the next. */
  private quotes = 0;
  /** Where the line begins, relative to the chunk. */
  private lineStart = 0;
  private lastByte = NEWLINE;

  constructor(
    private readonly quote: number,
    private skip: number,
  ) {}

  add(chunk: Buffer): void {
    this.hasNul ||= chunk.includes(0);
    const start = this.skipLines(chunk);
    const isDense = this.quotes * BYTES_PER_QUOTE > chunk.length;
    this.quotes = 0;
    if (isDense) this.step(chunk, start);
    else this.hop(chunk, start);
    this.lineStart -= chunk.length;
    this.lastByte = chunk[chunk.length - 1] ?? NEWLINE;
  }

  finish(): RecordCount {
    const length = -this.lineStart;
    const isBlank = length === 0 || (length === 1 && this.lastByte === RETURN);
    return { records: this.records + Number(!isBlank && this.skip === 0), regular: !this.hasNul && !this.isOpen };
  }

  private skipLines(chunk: Buffer): number {
    let start = 0;
    while (this.skip > 0 && start < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, start);
      start = newline < 0 ? chunk.length : newline + 1;
      if (newline >= 0) this.skip--;
      this.lineStart = start;
    }
    return start;
  }

  /** For few quotes: from mark to mark, as fast as memory is searched. */
  private hop(chunk: Buffer, start: number): void {
    let newline = chunk.indexOf(NEWLINE, start);
    for (let at = start; at < chunk.length;) {
      const quote = this.nextQuote(chunk, at);
      if (newline >= 0 && newline < at) newline = chunk.indexOf(NEWLINE, at);
      for (; !this.isOpen && newline >= 0 && newline < quote; newline = chunk.indexOf(NEWLINE, newline + 1)) {
        this.endLine(chunk, newline);
      }
      if (quote < chunk.length) this.flip();
      at = quote + 1;
    }
  }

  /** For many quotes: byte by byte. */
  private step(chunk: Buffer, start: number): void {
    const quote = this.quote;
    const highest = Math.max(NEWLINE, quote);
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte > highest) continue;
      if (byte === quote) this.flip();
      else if (byte === NEWLINE && !this.isOpen) this.endLine(chunk, at);
    }
  }

  private nextQuote(chunk: Buffer, from: number): number {
    const quote = this.quote === NONE ? NONE : chunk.indexOf(this.quote, from);
    return quote < 0 ? chunk.length : quote;
  }

  private flip(): void {
    this.isOpen = !this.isOpen;
    this.quotes++;
  }

  private endLine(chunk: Buffer, at: number): void {
    const length = at - this.lineStart;
    this.lineStart = at + 1;
    if (length === 0) return;
    const last = at > 0 ? chunk[at - 1] : this.lastByte;
    if (length > 1 || last !== RETURN) this.records++;
  }
}
