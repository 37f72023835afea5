import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createDecoder } from '../../../csv/encoding.js';
import type { Dialect } from '../../../csv/contract.js';
import { convertFault } from './faults.js';

export interface SourceFile {
  readonly path: string;
  readonly encoding: Dialect['encoding'];
  readonly compression: Dialect['compression'];
  /** Most bytes that a compressed file may expand to. */
  readonly maxExpandedBytes: number;
}

export interface SourcePiece {
  readonly text: string;
  /** How much of the stored file has been read, 0 to 1. */
  readonly fraction: number;
}

const CHUNK_BYTES = 1 << 18;
/** Real tables seldom shrink more than fiftyfold; zip bombs use the format's limit, a thousandfold. */
const MAX_RATIO = 400;
const RATIO_FROM_BYTES = 20_000_000;

/** The file's text, piece by piece in constant memory: expanded, decoded, without a byte-order mark. */
export async function* sourceText(source: SourceFile): AsyncGenerator<SourcePiece> {
  const { size } = await stat(source.path);
  const raw = createReadStream(source.path, { highWaterMark: CHUNK_BYTES });
  const bytes =
    source.compression === 'gzip' ? pipeline(raw, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined) : raw;
  const decoder = createDecoder(source.encoding);
  let expanded = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      expanded += chunk.length;
      if (source.compression === 'gzip') assertNoBomb(expanded, raw.bytesRead, source.maxExpandedBytes);
      yield { text: decoder.write(chunk), fraction: size === 0 ? 1 : raw.bytesRead / size };
    }
  } catch (error) {
    throw asGzipFault(error);
  } finally {
    raw.destroy();
  }
  yield { text: decoder.end(), fraction: 1 };
}

function assertNoBomb(expanded: number, read: number, limit: number): void {
  const grown = expanded > RATIO_FROM_BYTES && expanded > read * MAX_RATIO;
  if (expanded <= limit && !grown) return;
  const reason = grown
    ? `expands to more than ${MAX_RATIO} times its size`
    : `expands to more than ${limit.toLocaleString('en')} bytes`;
  throw convertFault('expanded-too-large', `The compressed file ${reason}.`);
}

function asGzipFault(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!code.startsWith('Z_')) return error;
  const detail = code === 'Z_BUF_ERROR' ? 'ends too early: a part of it is missing' : 'is damaged or no gzip file';
  return convertFault('unreadable', `The compressed file ${detail}.`);
}
