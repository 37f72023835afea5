import { createGunzip, constants } from 'node:zlib';
import { isGzip } from './file-kind.js';

/** The first bytes of a file as text sees them: after decompression. */
export interface FileHead {
  readonly bytes: Buffer;
  /** True when this is the whole file. */
  readonly complete: boolean;
  readonly compression: 'none' | 'gzip';
}

/** Thrown for compressed bytes that make no sense. */
export class DamagedGzip extends Error {}

/**
 * Expands the first bytes of a stored file, never to more than `limit`, however far they would expand.
 * `complete` says whether they are the whole file. Throws `DamagedGzip`.
 */
export async function openHead(stored: Buffer, complete: boolean, limit: number): Promise<FileHead> {
  if (!isGzip(stored)) {
    return { bytes: stored.subarray(0, limit), complete: complete && stored.length <= limit, compression: 'none' };
  }
  const { bytes, ended } = await gunzipHead(stored, complete, limit);
  return { bytes, complete: ended, compression: 'gzip' };
}

async function gunzipHead(
  stored: Buffer,
  complete: boolean,
  limit: number,
): Promise<{ bytes: Buffer; ended: boolean }> {
  const gunzip = createGunzip(complete ? {} : { finishFlush: constants.Z_SYNC_FLUSH });
  gunzip.end(stored);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) break;
    }
  } catch (error) {
    throw new DamagedGzip('The gzip data is damaged.', { cause: error });
  }
  return { bytes: Buffer.concat(chunks).subarray(0, limit), ended: complete && size <= limit };
}
