/** A kind of file that is no text table, and how its rows can be brought here nevertheless. */
export interface ForeignKind {
  /** Completes "This is …". */
  readonly name: string;
  readonly advice: string;
}

const saveAsCsv = 'Open it in the program it comes from, save the table as CSV (UTF-8) and upload that file.';
const compressWithGzip = 'Unpack it first and upload the CSV file, or compress that file with gzip.';
const noTable = 'Upload a text file with rows and columns: CSV, TSV or one of them compressed with gzip.';
const exportAsCsv = 'Export the table as CSV and upload that file.';
const flatten = 'Turn it into rows and columns, save those as CSV and upload that file.';

const signatures: readonly (readonly [bytes: string, kind: ForeignKind])[] = [
  ['d0cf11e0a1b11ae1', { name: 'an old Microsoft Office file (.xls, .doc)', advice: saveAsCsv }],
  ['255044462d', { name: 'a PDF document', advice: exportAsCsv }],
  ['89504e470d0a1a0a', { name: 'a PNG image', advice: noTable }],
  ['ffd8ff', { name: 'a JPEG image', advice: noTable }],
  ['474946383761', { name: 'a GIF image', advice: noTable }],
  ['474946383961', { name: 'a GIF image', advice: noTable }],
  ['377abcaf271c', { name: 'a 7-Zip archive', advice: compressWithGzip }],
  ['526172211a07', { name: 'a RAR archive', advice: compressWithGzip }],
  ['fd377a585a00', { name: 'a file compressed with xz', advice: compressWithGzip }],
  ['28b52ffd', { name: 'a file compressed with Zstandard', advice: compressWithGzip }],
  ['53514c69746520666f726d6174203300', { name: 'an SQLite database', advice: exportAsCsv }],
  ['5041523115', { name: 'a Parquet file', advice: exportAsCsv }],
  ['4152524f57310000', { name: 'an Arrow file', advice: exportAsCsv }],
  ['4f626a01', { name: 'an Avro file', advice: exportAsCsv }],
  ['7b5c727466', { name: 'a Rich Text document', advice: saveAsCsv }],
  ['7f454c46', { name: 'a program', advice: noTable }],
];

const bzip2 = /^BZh[1-9]1AY&SY/;
const riff = /^RIFF.{4}(?:WEBP|WAVE|AVI )/s;
const json = /^\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*[[{])/;
const markup = /^\s*<(?:\?xml|!doctype|html|svg)\b/i;
const shownControls = new Set([0x00, 0x01, 0x09, 0x0a, 0x0c, 0x0d, 0x1b, 0x1e, 0x1f]);

/**
 * Names the kind of a file that cannot be read as a text table, by its first bytes (some hundred are enough); undefined
 * for everything that may be one, gzip included. Text in any encoding passes, and so do texts with stray NUL characters.
 */
export function foreignKind(head: Uint8Array): ForeignKind | undefined {
  if (isGzip(head)) return undefined;
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 8192));
  const hex = bytes.toString('hex', 0, 24);
  const known = signatures.find(([signature]) => hex.startsWith(signature));
  if (known) return known[1];
  const text = bytes.toString('latin1');
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return kindOfZip(text);
  if (bzip2.test(text)) return { name: 'a file compressed with bzip2', advice: compressWithGzip };
  if (riff.test(text)) return { name: 'an image, sound or video file', advice: noTable };
  if (text.startsWith('ustar', 257)) return { name: 'a tar archive', advice: compressWithGzip };
  const start = text.replace(/^\xef\xbb\xbf/, '');
  if (json.test(start)) return { name: 'a JSON document', advice: flatten };
  if (markup.test(start)) return { name: 'an XML or HTML document', advice: flatten };
  return isBinary(bytes) ? { name: 'a binary file', advice: noTable } : undefined;
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function kindOfZip(text: string): ForeignKind {
  if (text.includes('opendocument.spreadsheet'))
    return { name: 'an OpenDocument spreadsheet (.ods)', advice: saveAsCsv };
  if (/PK\x03\x04.{26}(?:word|ppt)\//s.test(text)) return { name: 'an Office document', advice: saveAsCsv };
  if (/PK\x03\x04.{26}(?:xl\/|\[Content_Types\]|_rels\/|docProps\/)/s.test(text)) {
    return { name: 'an Excel workbook (.xlsx)', advice: saveAsCsv };
  }
  return { name: 'a ZIP archive', advice: compressWithGzip };
}

/**
 * UTF-16 and UTF-32 are full of zero bytes, but always in the same places; text in other encodings has next to no control
 * characters. Those that some systems put between fields (0x01, 0x1e, 0x1f) and into Japanese mail (0x1b) do not count.
 */
function isBinary(bytes: Buffer): boolean {
  const zeros = [0, 0, 0, 0];
  let controls = 0;
  for (const [index, byte] of bytes.entries()) {
    if (byte === 0) zeros[index % 4]!++;
    else if (byte < 0x20 && !shownControls.has(byte)) controls++;
  }
  const zeroBytes = zeros.reduce((sum, count) => sum + count, 0);
  if (zeroBytes > bytes.length * 0.3) return bytes.length >= 32 && !isWideText(zeros, bytes.length / 4);
  return controls >= 2 && controls > bytes.length * 0.03;
}

function isWideText(zeros: readonly number[], characters: number): boolean {
  return Math.max(...zeros) > characters * 0.8 && Math.min(...zeros) < characters * 0.05;
}
