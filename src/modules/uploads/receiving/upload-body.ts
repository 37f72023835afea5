import { setTimeout as delay } from 'node:timers/promises';
import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { UnsupportedMediaType } from '../../../platform/errors/common-problems.js';
import { cleanFileName } from '../domain/file-name.js';
import { MalformedForm, UploadInterrupted, UploadStalled } from '../errors.js';

/** A file on its way in. */
export interface UploadBody {
  readonly fileName: string;
  readonly stream: Readable;
  /** Resolves when the file's bytes are all that was sent. Throws `MalformedForm`. */
  ended(): Promise<void>;
  /** What an error of the stream means to the sender. */
  explain(error: Error): Error;
}

const fallbackNames: Readonly<Record<string, string>> = {
  'text/tab-separated-values': 'upload.tsv',
  'application/gzip': 'upload.csv.gz',
  'application/x-gzip': 'upload.csv.gz',
};

/** Finds the file in a request: the body itself, or the one part of a form. Throws `MalformedForm`, `UnsupportedMediaType`. */
export async function openBody(
  request: FastifyRequest,
  fileName: string | undefined,
  idleSeconds: number,
): Promise<UploadBody> {
  if (request.isMultipart()) return openForm(request, idleSeconds);
  const type = contentTypeOf(request);
  if (!request.routeOptions.config.bodies?.includes(type)) {
    throw new UnsupportedMediaType(
      'Send the file as multipart/form-data in the field "file", or as the body with the content type text/csv.',
    );
  }
  const name = cleanFileName(fileName ?? '', fallbackNames[type] ?? 'upload.csv');
  return { fileName: name, stream: request.raw, ended: async () => {}, explain: () => new UploadInterrupted() };
}

/** The media type alone, in lower case; empty when there is none. */
export function contentTypeOf({ headers }: FastifyRequest): string {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
}

async function openForm(request: FastifyRequest, idleSeconds: number): Promise<UploadBody> {
  const parts = request.parts();
  const next = () => nextPart(request, parts, idleSeconds);
  const part = await next();
  if (!part) throw new MalformedForm('The form is empty; it must have a file in the field "file".');
  if (part.fieldname !== 'file') {
    throw new MalformedForm(
      `The form begins with the field "${short(part.fieldname)}"; only the field "file" is taken.`,
    );
  }
  if (part.type === 'field') {
    throw new MalformedForm(
      'The field "file" holds text. Send it as a file, with a file name: curl -F file=@orders.csv.',
    );
  }
  return {
    fileName: cleanFileName(part.filename ?? '', 'upload.csv'),
    stream: part.file,
    explain: (error) => formProblem(error, request),
    ended: async () => {
      const extra = await next();
      if (extra) {
        throw new MalformedForm(
          `The form goes on with the field "${short(extra.fieldname)}"; it must hold one file and nothing else.`,
        );
      }
    },
  };
}

/** The next part of a form; undefined at its end. Throws `UploadStalled`, `UploadInterrupted` or `MalformedForm`. */
export async function nextPart(
  request: FastifyRequest,
  parts: AsyncIterableIterator<Multipart>,
  idleSeconds: number,
): Promise<Multipart | undefined> {
  const waited = new AbortController();
  const stalled = delay(idleSeconds * 1000, undefined, { signal: waited.signal }).then(() => {
    throw new UploadStalled(idleSeconds);
  });
  stalled.catch(() => {});
  try {
    const { value, done } = await Promise.race([parts.next(), stalled]);
    return done ? undefined : value;
  } catch (error) {
    throw formProblem(error as Error, request);
  } finally {
    waited.abort();
  }
}

/** What an error means to the sender of a form. */
export function formProblem(error: Error, request: FastifyRequest): Error {
  if (error instanceof UploadStalled) return error;
  if (request.raw.destroyed && !request.raw.complete) return new UploadInterrupted();
  return new MalformedForm(`The form is malformed: ${error.message.slice(0, 200)}.`);
}

function short(fieldName: string): string {
  return cleanFileName(fieldName, '').slice(0, 60);
}
