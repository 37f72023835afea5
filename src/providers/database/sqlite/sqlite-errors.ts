import { StorageFull } from '../../object-store/errors.js';
import { DatabaseDamaged, UniqueViolation } from '../errors.js';

const full = 13;
const corrupt = 11;
const notADatabase = 26;
const uniqueConstraint = 2067;
const primaryKeyConstraint = 1555;

/** The error that repositories may rely on, or the given one where there is none. */
export function translateError(error: unknown, file: string): unknown {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return error;
  const extended = Number(error.errcode);
  if (extended === uniqueConstraint || extended === primaryKeyConstraint)
    return new UniqueViolation(error as unknown as Error);
  switch (extended & 0xff) {
    case full:
      return new StorageFull(error);
    case corrupt:
    case notADatabase:
      return new DatabaseDamaged(file, error);
    default:
      return error;
  }
}
