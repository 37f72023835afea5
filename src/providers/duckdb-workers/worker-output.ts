import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { OUTPUT_DESCRIPTOR } from './protocol.js';

export interface TaskOutputStream {
  readonly stream: Writable;
  /** Bytes handed to the pipe so far. */
  readonly bytes: () => number;
  /** Resolves when the pipe has taken all that was written. */
  readonly flushed: () => Promise<void>;
}

const BUFFER_BYTES = 256 * 1024;
let pipe: Socket | undefined;

/** A stream for one task over the pipe that all tasks of this process share. */
export function createOutput(): TaskOutputStream {
  let bytes = 0;
  const stream = new Writable({
    highWaterMark: BUFFER_BYTES,
    write(chunk: Buffer, _encoding, callback) {
      bytes += chunk.length;
      pipe ??= new Socket({ fd: OUTPUT_DESCRIPTOR, readable: false, writable: true });
      pipe.write(chunk, callback);
    },
  });
  // A task that fails while it writes reports the failure itself.
  stream.on('error', () => {});
  return { stream, bytes: () => bytes, flushed: () => flush(stream) };
}

async function flush(stream: Writable): Promise<void> {
  stream.end();
  await finished(stream);
}
