import type { TranscriptFormat } from '../analysis.js';

const byExtension: Readonly<Record<string, TranscriptFormat>> = {
  txt: 'txt',
  text: 'txt',
  md: 'md',
  markdown: 'md',
  vtt: 'vtt',
  srt: 'srt',
  docx: 'docx',
};

const zip = Buffer.from('PK\u0003\u0004', 'latin1');
const subtitleTime = /^\d+:\d\d:\d\d[,.]\d{3} *--> */m;

/**
 * How an interview is written, by its name and its first bytes (a few thousand are enough). Undefined for what is no
 * interview that can be read.
 */
export function formatOf(name: string, head: Uint8Array): TranscriptFormat | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const named = byExtension[extension];
  const isZip = bytes.subarray(0, zip.length).equals(zip);
  if (isZip) return named === 'docx' || named === undefined ? 'docx' : undefined;
  if (named === 'docx' || isBinary(bytes)) return undefined;
  return named ?? sniffed(bytes.toString('latin1'));
}

function sniffed(text: string): TranscriptFormat {
  if (/^(\xef\xbb\xbf)?WEBVTT/.test(text)) return 'vtt';
  return subtitleTime.test(text) ? 'srt' : 'txt';
}

/** UTF-16 with a mark at its beginning is text, and full of zeros. */
function isBinary(bytes: Buffer): boolean {
  const mark = bytes.toString('hex', 0, 2);
  return mark !== 'fffe' && mark !== 'feff' && bytes.subarray(0, 4096).includes(0);
}
