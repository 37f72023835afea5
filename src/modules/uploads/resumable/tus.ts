import { InvalidRequest } from '../../../platform/errors/common-problems.js';
import { problem } from '../../../platform/errors/problem.js';
import { cleanFileName } from '../domain/file-name.js';

/** The protocol is described at https://tus.io/protocols/resumable-upload. */
export const tusVersion = '1.0.0';
export const tusExtensions = 'creation,creation-with-upload,expiration,termination';
export const tusContentType = 'application/offset+octet-stream';

export class TusVersionUnknown extends problem({
  slug: 'tus-version-unknown',
  title: 'The tus version is not known',
  status: 412,
  help: 'Send the header "Tus-Resumable: 1.0.0", or use a tus 1.0 client.',
}) {
  constructor(given: string | undefined) {
    const detail =
      given === undefined ? 'The Tus-Resumable header is missing' : 'The Tus-Resumable header names another version';
    super(`${detail}; this service speaks tus ${tusVersion}.`, { headers: { 'tus-version': tusVersion } });
  }
}

export class OffsetConflict extends problem({
  slug: 'upload-offset-conflict',
  title: 'The upload goes on elsewhere',
  status: 409,
  help: 'Ask for the offset with HEAD and send the bytes from there. Parts must arrive in order, each once.',
}) {
  constructor(given: number, actual: number) {
    super(
      `The part begins at byte ${given.toLocaleString('en')}, but the upload goes on at byte ${actual.toLocaleString('en')}.`,
      { headers: { 'upload-offset': String(actual) }, members: { offset: actual } },
    );
  }
}

export class PartTooLong extends problem({
  slug: 'upload-part-too-long',
  title: 'The part goes beyond the end of the file',
  status: 413,
  help: 'Send no more bytes than Upload-Length announced, or begin a new upload with the right length.',
}) {
  constructor(length: number) {
    super(`The upload was announced with ${length.toLocaleString('en')} bytes, and this part goes beyond that.`);
  }
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Throws `TusVersionUnknown`. */
export function assertTusVersion(headers: Headers): void {
  const given = headers['tus-resumable'];
  if (given !== tusVersion) throw new TusVersionUnknown(given?.toString());
}

/** A header that holds a number of bytes. Throws `InvalidRequest`. */
export function byteHeader(headers: Headers, name: 'Upload-Length' | 'Upload-Offset'): number {
  const given = headers[name.toLowerCase()];
  const bytes = Number(given);
  if (typeof given !== 'string' || !/^\d{1,16}$/.test(given) || !Number.isSafeInteger(bytes)) {
    throw new InvalidRequest([{ pointer: name, detail: 'must be a whole number of bytes' }]);
  }
  return bytes;
}

/** The file's name among `Upload-Metadata`, under the keys that clients use for it. Throws `InvalidRequest`. */
export function fileNameOf(headers: Headers): string {
  const given = headers['upload-metadata'];
  if (given === undefined || given === '') return 'upload.csv';
  const metadata = parseMetadata(String(given));
  return cleanFileName(metadata.get('filename') ?? metadata.get('name') ?? '', 'upload.csv');
}

/** The value of `Upload-Metadata` that says the file's name. */
export function metadataOf(fileName: string): string {
  return `filename ${Buffer.from(fileName).toString('base64')}`;
}

function parseMetadata(header: string): Map<string, string> {
  const metadata = new Map<string, string>();
  for (const entry of header.split(',')) {
    const [key, value = '', ...rest] = entry.trim().split(' ');
    if (!key || rest.length > 0 || metadata.has(key) || !/^[\w+/-]*={0,2}$/.test(value)) {
      throw new InvalidRequest([
        {
          pointer: 'Upload-Metadata',
          detail: 'must be a comma-separated list of different keys, each with a base64 value',
        },
      ]);
    }
    metadata.set(key, Buffer.from(value, 'base64').toString());
  }
  return metadata;
}
