import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { problem } from '../platform/errors/problem.js';

export class UnknownEncoding extends problem({
  slug: 'unknown-encoding',
  title: 'The text encoding is not known',
  status: 400,
  help: 'Use a name such as utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis or gb18030, or leave it out to have it detected.',
}) {
  constructor(name: string) {
    super(`There is no text encoding called "${name.slice(0, 60)}".`);
  }
}

export interface EncodingGuess {
  /** Lower-case name, see `Dialect.encoding`. */
  readonly encoding: string;
  /** Length of the byte-order mark that the bytes begin with; 0 without one. */
  readonly bomBytes: number;
  readonly evidence: string;
}

/** Text of the first bytes of a file. */
export interface DecodedHead {
  readonly text: string;
  /** How many characters stand for bytes that mean nothing in the encoding (U+FFFD). */
  readonly undecodable: number;
}

/** Decodes a stream of bytes piece by piece; a character that is cut between two pieces comes out whole. */
export interface StreamDecoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

const STATISTICS_BYTES = 200_000;
const PARITY_BYTES = 4_096;
const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** Codecs of the library that turn bytes into a notation, not into text. */
const NOT_TEXT = /^(_|base64|hex|binary$|utf-?7)/;
const FALLBACK = 'windows-1252';

/**
 * Names the encoding of a file by its first bytes: byte-order mark, zero bytes as in UTF-16, valid UTF-8 (a character
 * cut at the end is no fault), then letter statistics. Never throws.
 */
export function detectEncoding(head: Uint8Array): EncodingGuess {
  return (
    byMark(head) ??
    byZeroBytes(head) ??
    byValidUtf8(head) ??
    byStatistics(head) ?? {
      encoding: FALLBACK,
      bomBytes: 0,
      evidence: 'not valid UTF-8, and the letters give no clue; windows-1252 is the usual one',
    }
  );
}

/** The canonical lower-case name for any usual alias (`UTF8`, `latin1`, `cp1251`, `sjis`). Throws `UnknownEncoding`. */
export function assertKnownEncoding(name: string): string {
  const known = canonicalName(name);
  if (known === undefined) throw new UnknownEncoding(name);
  return known;
}

/** As browsers do, `iso-8859-1` and `ascii` are read as their superset windows-1252. */
function canonicalName(name: string): string | undefined {
  const label = name.trim().toLowerCase();
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return label !== '' && !NOT_TEXT.test(label) && iconv.encodingExists(label) ? label : undefined;
  }
}

/** Length of the byte-order mark that belongs to this encoding, when the bytes begin with it. */
export function bomLength(head: Uint8Array, encoding: string): number {
  const mark = BYTE_ORDER_MARKS.find(([name, bytes]) => name === encoding && startsWith(head, bytes));
  return mark ? mark[1].length : 0;
}

/** Decodes the first bytes of a file. When they are not the whole file, a character cut at the end is left out. */
export function decodeHead(head: Uint8Array, encoding: string, complete: boolean): DecodedHead {
  const decoder = createDecoder(encoding);
  const text = decoder.write(head) + (complete ? decoder.end() : '');
  const intact = encoding === 'utf-8' && isUtf8(complete ? head : withoutCutCharacter(head));
  return { text, undecodable: intact ? 0 : text.split('\uFFFD').length - 1 };
}

/** A decoder for a whole file. A byte-order mark is never part of the text. Throws `UnknownEncoding`. */
export function createDecoder(encoding: string): StreamDecoder {
  const name = assertKnownEncoding(encoding);
  return name.startsWith('utf-') && !name.startsWith('utf-32') ? new UnicodeDecoder(name) : legacyDecoder(name);
}

class UnicodeDecoder implements StreamDecoder {
  private readonly decoder: TextDecoder;

  constructor(encoding: string) {
    this.decoder = new TextDecoder(encoding);
  }

  write(bytes: Uint8Array): string {
    return this.decoder.decode(bytes, { stream: true });
  }

  end(): string {
    return this.decoder.decode();
  }
}

function legacyDecoder(encoding: string): StreamDecoder {
  if (!iconv.encodingExists(encoding)) return new UnicodeDecoder(encoding);
  const decoder = iconv.getDecoder(encoding);
  return {
    write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    end: () => decoder.end() ?? '',
  };
}

function byMark(head: Uint8Array): EncodingGuess | undefined {
  const mark = BYTE_ORDER_MARKS.find(([, bytes]) => startsWith(head, bytes));
  if (!mark) return undefined;
  const [encoding, bytes] = mark;
  return { encoding, bomBytes: bytes.length, evidence: `begins with the byte-order mark of ${encoding}` };
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);
}

/** ASCII characters (digits, delimiters, newlines) have a zero byte in UTF-16, always on the same side. */
function byZeroBytes(head: Uint8Array): EncodingGuess | undefined {
  const pairs = Math.min(head.length, PARITY_BYTES) >> 1;
  let first = 0;
  let second = 0;
  for (let index = 0; index < pairs * 2; index += 2) {
    if (head[index] === 0) first++;
    if (head[index + 1] === 0) second++;
  }
  if (pairs < 3) return undefined;
  const evidence = 'has no byte-order mark, but the zero bytes lie as in UTF-16';
  if (second > pairs * 0.15 && first < second * 0.07) return { encoding: 'utf-16le', bomBytes: 0, evidence };
  if (first > pairs * 0.15 && second < first * 0.07) return { encoding: 'utf-16be', bomBytes: 0, evidence };
  return undefined;
}

function byValidUtf8(head: Uint8Array): EncodingGuess | undefined {
  if (!isUtf8(withoutCutCharacter(head))) return undefined;
  const ascii = head.every((byte) => byte < 0x80);
  const size = head.length.toLocaleString('en');
  const evidence = ascii
    ? `only ASCII in the ${size} bytes that were read`
    : `all ${size} bytes that were read are valid UTF-8`;
  return { encoding: 'utf-8', bomBytes: 0, evidence };
}

/** The bytes up to a UTF-8 character whose last bytes are missing. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

function byStatistics(head: Uint8Array): EncodingGuess | undefined {
  for (const { name, confidence } of analyse(head.subarray(0, STATISTICS_BYTES))) {
    const encoding = canonicalName(name);
    if (encoding === undefined || encoding.startsWith('utf-16') || encoding.startsWith('utf-32')) continue;
    return {
      encoding,
      bomBytes: 0,
      evidence: `not wholly valid UTF-8; its bytes look like ${encoding} (${confidence} % sure)`,
    };
  }
  return undefined;
}
