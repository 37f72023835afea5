import { problem } from '../../platform/errors/problem.js';
import type { ForeignKind } from './domain/file-kind.js';

export class UploadNotFound extends problem({
  slug: 'upload-not-found',
  title: 'Upload not found',
  status: 404,
  help: 'GET /api/v1/uploads lists the uploads of the workspace. An upload that is never submitted is deleted after a while.',
}) {
  constructor(uploadId: string) {
    super(`There is no upload ${uploadId.slice(0, 100)} in this workspace.`);
  }
}

export class UploadNotReady extends problem({
  slug: 'upload-not-ready',
  title: 'The upload is not complete yet',
  status: 409,
  help: 'Wait until GET /api/v1/uploads/{upload_id} says "ready". A resumable upload waits for its remaining bytes.',
}) {
  constructor(uploadId: string, bytes: number) {
    super(`The upload ${uploadId} is still being received: ${bytes.toLocaleString('en')} bytes have arrived.`, {
      headers: { 'retry-after': '1' },
    });
  }
}

export class UploadGone extends problem({
  slug: 'upload-gone',
  title: 'The uploaded file is gone',
  status: 410,
  help: 'Upload the file again. Uploads are deleted when they fail, or when they are not submitted in time.',
}) {
  constructor(uploadId: string, reason: string) {
    super(`The file of the upload ${uploadId} is gone: ${reason}`);
  }
}

export class UploadSubmitted extends problem({
  slug: 'upload-submitted',
  title: 'The upload belongs to a data set',
  status: 409,
  help: 'Its file is kept as the raw data of that data set. Delete the data set to delete it, or upload the file again to read it otherwise.',
}) {
  constructor(uploadId: string, dataset: string) {
    super(`The upload ${uploadId} has been submitted to the data set ${dataset} and cannot be changed any more.`, {
      members: { dataset },
    });
  }
}

export class EmptyUpload extends problem({
  slug: 'empty-upload',
  title: 'There is nothing to publish',
  status: 409,
  help: 'Look at the preview: the file is empty, or no column is left. Upload the right file, or change its dialect or contract.',
}) {
  constructor(uploadId: string) {
    super(`The upload ${uploadId} has no columns that could be published.`);
  }
}

export class UploadTooLarge extends problem({
  slug: 'upload-too-large',
  title: 'The file is too large',
  status: 413,
  help: 'Compress the file with gzip, split it and append the parts to one data set, or ask the operator to raise UPLOAD_MAX_BYTES.',
}) {
  constructor(limit: number) {
    super(`A file may have at most ${limit.toLocaleString('en')} bytes. Nothing of it was kept.`, {
      members: { limit },
    });
  }
}

export class UploadStalled extends problem({
  slug: 'upload-stalled',
  title: 'The upload stopped sending',
  status: 408,
  help: 'Check the connection and send the file again. Resumable uploads (/api/v1/uploads/resumable) go on where they stopped.',
}) {
  constructor(seconds: number) {
    super(`Nothing has arrived for ${seconds} seconds.`);
  }
}

export class UploadInterrupted extends problem({
  slug: 'upload-interrupted',
  title: 'The upload was interrupted',
  status: 400,
  help: 'Send the file again. Resumable uploads (/api/v1/uploads/resumable) go on where they stopped.',
}) {
  constructor(detail = 'The connection ended before the whole file had arrived.') {
    super(detail);
  }
}

export class TooManyUploads extends problem({
  slug: 'too-many-uploads',
  title: 'Too many uploads at the same time',
  status: 429,
  help: 'Wait until one of the running uploads has ended. Unfinished resumable uploads are listed by GET /api/v1/uploads and can be deleted.',
}) {
  constructor(detail: string) {
    super(detail, { headers: { 'retry-after': '5' } });
  }

  static unfinished(limit: number): TooManyUploads {
    return new TooManyUploads(`This workspace has ${limit} unfinished uploads that come in parts, as many as it may.`);
  }
}

export class NoDirectUploads extends problem({
  slug: 'no-direct-uploads',
  title: 'Files pass through the service here',
  status: 409,
  help: 'Send large files with a tus client to /api/v1/uploads/resumable, others to /api/v1/uploads. Direct transfers need OBJECT_STORE=s3.',
}) {
  constructor() {
    super('This service keeps its files where clients cannot reach them.');
  }
}

export class NoSuchPart extends problem({
  slug: 'no-such-part',
  title: 'The upload has no such part',
  status: 422,
  help: 'Parts are numbered from 1 to the part_count that announcing the upload has answered.',
}) {
  constructor(number: number, count: number) {
    super(`Part ${number} was asked for, but the file is cut into ${count}.`);
  }
}

export class DirectPartsMissing extends problem({
  slug: 'direct-parts-missing',
  title: 'The parts do not make up the file',
  status: 409,
  help: 'Every part but the last has part_bytes bytes. Send what is missing or was cut short again, then complete the upload again.',
}) {
  /** `arrived` is unknown when parts are of sizes that cannot be put together. */
  constructor(expected: number, arrived?: number) {
    const found =
      arrived === undefined ? 'at least one part is too small' : `${arrived.toLocaleString('en')} have arrived`;
    super(`The file has ${expected.toLocaleString('en')} bytes; ${found}.`);
  }
}

export class NotATextTable extends problem({
  slug: 'not-a-text-table',
  title: 'The file is not a CSV file',
  status: 415,
  help: 'Upload text with rows and columns: CSV, TSV or similar, in any usual encoding, as it is or compressed with gzip.',
}) {
  constructor({ name, advice }: ForeignKind) {
    super(`This is ${name}, not a text table. ${advice}`);
  }
}

export class DamagedCompression extends problem({
  slug: 'damaged-gzip',
  title: 'The gzip data is damaged',
  status: 422,
  help: 'Check the file with "gzip -t", compress it again and upload it again.',
}) {
  constructor() {
    super('The file begins like gzip, but it cannot be unpacked: it is damaged or cut off.');
  }
}

export class MalformedForm extends problem({
  slug: 'malformed-form',
  title: 'The form cannot be read as one file',
  status: 400,
  help: 'Send multipart/form-data with exactly one part: a file in the field "file", as in curl -F file=@orders.csv.',
}) {}
