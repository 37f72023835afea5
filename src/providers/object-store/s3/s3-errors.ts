import { S3ServiceException } from '@aws-sdk/client-s3';
import { ObjectStoreUnavailable } from '../errors.js';

/** There is no such object. A `HEAD` is answered without a body, and so without the exact name. */
export function isAbsent(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

/** There is no such multipart upload, or none any more. */
export function isNoSuchUpload(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchUpload';
}

/** A part other than the last has less than 5 MiB. */
export function isPartTooSmall(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'EntityTooSmall';
}

/** A condition on the object does not hold. */
export function isPreconditionFailed(error: unknown): boolean {
  return statusOf(error) === 412;
}

/** S3 could not decide the condition; it wants to be asked again. */
export function isConcurrentChange(error: unknown): boolean {
  return statusOf(error) === 409;
}

/** The range lies wholly beyond the object's end. */
export function isBeyondEnd(error: unknown): boolean {
  return statusOf(error) === 416;
}

/** What the port promises where S3 throttles, is down or out of reach; what S3 has answered otherwise, as it is. */
export function translate(error: unknown): unknown {
  const status = statusOf(error);
  const answered = status !== undefined && status < 500 && status !== 429;
  return answered || (error as Error).name === 'AbortError' ? error : new ObjectStoreUnavailable(error);
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
