import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { ItemStoreUnavailable } from '../errors.js';

const throttled = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);
const conflicts = new Set(['TransactionConflictException', 'TransactionInProgressException']);
const passingReasons = new Set(['None', 'ProvisionedThroughputExceeded', 'ThrottlingError', 'TransactionConflict']);

/** Another transaction stood in the way, or a partition is too busy: the same request may do a moment later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    const reasons = error.CancellationReasons ?? [];
    return reasons.length > 0 && reasons.every(({ Code }) => passingReasons.has(Code ?? 'None'));
  }
  return error instanceof DynamoDBServiceException && conflicts.has(error.name);
}

/** What the port promises where DynamoDB throttles, is down or out of reach; what it has answered otherwise, as it is. */
export function translate(error: unknown): unknown {
  if (!(error instanceof DynamoDBServiceException)) return new ItemStoreUnavailable(error);
  const status = error.$metadata.httpStatusCode ?? 0;
  const unavailable = status === 0 || status >= 500 || throttled.has(error.name) || isPassing(error);
  return unavailable ? new ItemStoreUnavailable(error) : error;
}

export function isConditionFailed(error: unknown): error is ConditionalCheckFailedException {
  return error instanceof ConditionalCheckFailedException;
}

/** An update would make the item larger than DynamoDB allows. */
export function saysTooLarge({ message }: { message?: string | undefined }): boolean {
  return /item size (to update )?has exceeded/i.test(message ?? '');
}
