import { StorageFull } from '../../object-store/errors.js';
import { DatabaseUnavailable, UniqueViolation } from '../errors.js';

const uniqueViolation = '23505';
const diskFull = '53100';
const serializationFailure = '40001';
const deadlock = '40P01';

/** A connection that broke, cannot be had, or that the server ends because it stops or starts. */
const unreachable =
  /^(08...|57P0[1-5]|53300|25P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const brokenOff =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;

/** Another transaction got in the way: the same may succeed when it is run again. */
export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  return code === serializationFailure || code === deadlock;
}

/** The error that repositories may rely on, or the given one where there is none. */
export function translateError(error: unknown): unknown {
  if (!isError(error)) return error;
  const code = codeOf(error);
  if (code === uniqueViolation) return new UniqueViolation(error);
  if (code === diskFull) return new StorageFull(error);
  if (unreachable.test(code) || brokenOff.test(error.message)) return new DatabaseUnavailable(error.message, error);
  return error;
}

/** Errors of sockets and TLS need not be of this realm's class. */
export function isError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'message' in error;
}

export function codeOf(error: unknown): string {
  return isError(error) && 'code' in error ? String(error.code) : '';
}
