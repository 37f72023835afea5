import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { AwsFailure } from '../fake-service.js';

/** Bytes that have arrived and agreed with all that was said of them. */
export interface Content {
  readonly path: string;
  readonly bytes: number;
  readonly md5: string;
  /** Base64, as S3 shows it. */
  readonly crc32: string;
  readonly sha256: string;
}

/** Keeps a request's body in a file. Throws the errors of S3 for a body that was cut short or damaged. */
export async function receive(request: IncomingMessage, path: string): Promise<Content> {
  const md5 = createHash('md5');
  const sha = createHash('sha256');
  const trailers: Record<string, string> = {};
  const { headers } = request;
  let bytes = 0;
  let crc = 0;
  const plain = String(headers['content-encoding']).includes('aws-chunked') ? unchunked(request, trailers) : request;
  try {
    await pipeline(
      plain,
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          md5.update(chunk);
          sha.update(chunk);
          crc = crc32(chunk, crc);
          bytes += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(path),
    );
    const content = { path, bytes, md5: md5.digest('hex'), crc32: base64OfCrc(crc), sha256: sha.digest('hex') };
    check(content, { ...headers, ...trailers });
    return content;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

export function base64OfCrc(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
}

function check({ bytes, md5, crc32: crc, sha256 }: Content, headers: IncomingHttpHeaders): void {
  const length = headers['x-amz-decoded-content-length'] ?? headers['content-length'];
  if (length !== undefined && Number(length) !== bytes) fail('IncompleteBody', 400);
  const bodyHash = String(headers['x-amz-content-sha256'] ?? '');
  if (/^[0-9a-f]{64}$/.test(bodyHash) && bodyHash !== sha256) fail('XAmzContentSHA256Mismatch', 400);
  const expected: Record<string, string> = {
    'content-md5': Buffer.from(md5, 'hex').toString('base64'),
    'x-amz-checksum-crc32': crc,
    'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
  };
  for (const [name, value] of Object.entries(headers)) {
    const isChecksum = name.startsWith('x-amz-checksum-') && !/-(algorithm|type|mode)$/.test(name);
    if (isChecksum && !(name in expected)) fail('NotImplemented', 501);
    if (name in expected && value !== expected[name]) fail('BadDigest', 400);
  }
}

/** The content of a body in the encoding `aws-chunked`: sizes in hexadecimal, and trailers behind the last chunk. */
async function* unchunked(source: AsyncIterable<Buffer>, trailers: Record<string, string>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  let left: number | undefined;
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length > 0 && left !== 0) {
      if (left === undefined) {
        const end = rest.indexOf('\r\n');
        if (end < 0) break;
        left = Number.parseInt(rest.subarray(0, end).toString(), 16);
        rest = rest.subarray(end + 2);
      } else {
        if (rest.length < left + 2) break;
        yield rest.subarray(0, left);
        rest = rest.subarray(left + 2);
        left = undefined;
      }
    }
  }
  if (left !== 0) fail('IncompleteBody', 400);
  for (const line of rest.toString().split('\r\n')) {
    const [name, value] = line.split(/:(.*)/s);
    if (name && value) trailers[name.toLowerCase()] = value.trim();
  }
}

function fail(name: string, status: number): never {
  throw new AwsFailure({ name, status });
}
