import { toUSVString } from 'node:util';

/** The text of a file: UTF-8 or UTF-16 where it is that, else Windows-1252, with `\n` at the ends of lines and no control characters. */
export function decode(bytes: Uint8Array): string {
  return tidied(decoded(bytes));
}

/** Offsets count in the result, so it is done once, before anything is found. */
export function tidied(text: string): string {
  const lines = text.replace(/^\ufeff/, '').replaceAll(/\r\n?|\u2028|\u2029/g, '\n');
  return toUSVString(lines.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' '));
}

function decoded(bytes: Uint8Array): string {
  const mark = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(2, bytes.length)).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
