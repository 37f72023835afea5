import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions } from '../../aws/client-options.js';
import { isPassing, translate } from './dynamodb-errors.js';

const limits = { maxSockets: 256, idleMs: 5000, maxAttempts: 5 };
/** Around the SDK's own attempts: transactions that stand in each other's way. */
const maxConflicts = 8;

/** Where the SDK's default chain is not to be asked, as in tests. */
export type DynamoDbConnection = Pick<DynamoDBClientConfig, 'endpoint' | 'region' | 'credentials'>;

/** Region, credentials and endpoint are those of the SDK's default chain unless they are given. */
export function createDynamoDbClient(connection: DynamoDbConnection): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    ...connection,
    ...clientOptions(limits),
  });
  // Around all else, the SDK's own retries included.
  const place = { step: 'initialize', priority: 'high', name: 'waitOutConflicts' } as const;
  client.middlewareStack.add((next) => (request) => patiently(() => next(request)), place);
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
    unmarshallOptions: { wrapNumbers: Number },
  });
}

/** Between tries of what is expected to pass: at random, so that those who met do not meet again. */
export function pause(attempt: number): Promise<void> {
  return delay(Math.random() * Math.min(25 * 2 ** attempt, 1000));
}

/** Waits out what is expected to pass, and rejects as the port promises once nothing more can be done. */
async function patiently<Result>(request: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      if (attempt === maxConflicts || !isPassing(error)) throw translate(error);
      await pause(attempt);
    }
  }
}
