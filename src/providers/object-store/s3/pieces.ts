import type { Readable } from 'node:stream';
import { ObjectLengthMismatch } from '../errors.js';

/** A part of some content, in a buffer that may be used again once `release` was called. */
export interface Piece {
  readonly bytes: Buffer;
  readonly last: boolean;
  release(): void;
}

/** S3 takes no more parts than this. */
const maxParts = 10_000;
/** Content of unknown length gets parts of twice the size after so many. */
const partsOfOneSize = 1000;

/**
 * Cuts content into pieces: all of the same size where the length is known, else growing, so that even the greatest
 * object has few enough. There is at least one, and none but the last is short. Throws `ObjectLengthMismatch`.
 */
export async function* piecesOf(content: Readable, leastBytes: number, length?: number): AsyncGenerator<Piece> {
  const unused: Buffer[] = [];
  const take = (number: number): Buffer => {
    const size = sizeOf(number, leastBytes, length);
    const index = unused.findIndex((buffer) => buffer.length >= size);
    return (index < 0 ? Buffer.allocUnsafeSlow(size) : unused.splice(index, 1)[0]!).subarray(0, size);
  };
  const piece = (buffer: Buffer, filled: number, last: boolean): Piece => ({
    bytes: buffer.subarray(0, filled),
    last,
    release: () => void unused.push(buffer),
  });
  let number = 1;
  let buffer = take(number);
  let filled = 0;
  let received = 0;
  for await (const chunk of content as AsyncIterable<Uint8Array>) {
    received += chunk.length;
    if (length !== undefined && received > length) throw new ObjectLengthMismatch(length, received);
    for (let copied = 0; copied < chunk.length;) {
      if (filled === buffer.length) {
        yield piece(buffer, filled, false);
        buffer = take((number += 1));
        filled = 0;
      }
      const part = chunk.subarray(copied, copied + buffer.length - filled);
      buffer.set(part, filled);
      filled += part.length;
      copied += part.length;
    }
  }
  if (length !== undefined && received < length) throw new ObjectLengthMismatch(length, received);
  yield piece(buffer, filled, true);
}

function sizeOf(number: number, leastBytes: number, length: number | undefined): number {
  if (length === undefined) return leastBytes * 2 ** Math.floor((number - 1) / partsOfOneSize);
  return Math.max(1, Math.min(length, Math.max(leastBytes, Math.ceil(length / maxParts))));
}
