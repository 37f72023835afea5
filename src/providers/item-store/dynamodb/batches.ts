import {
  BatchGetCommand,
  type BatchGetCommandInput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { ItemStoreUnavailable } from '../errors.js';
import type { ItemTable, Write } from '../item-store.js';
import { pause } from './dynamodb-client.js';
import { type StoredItem, toKey, toStored } from './stored-item.js';

type Reads = NonNullable<BatchGetCommandInput['RequestItems']>;
type Writes = NonNullable<BatchWriteCommandInput['RequestItems']>;

const writesAtOnce = 25;
/** DynamoDB leaves undone what it is too busy for. */
const maxAttempts = 8;

/** The items that exist, in no order. Each key stands there once; at most 100. */
export async function getBatch(
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly StoredItem[],
): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  const requests: Reads = { [tableName]: { Keys: [...keys], ConsistentRead: true } };
  await untilDone(requests, async (open) => {
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems: open }));
    found.push(...(Responses?.[tableName] ?? []));
    return UnprocessedKeys;
  });
  return found;
}

/** Puts and deletes without conditions, each of another item. */
export async function writeBatches(
  client: DynamoDBDocumentClient,
  writes: readonly Write[],
  nameOf: (table: ItemTable<never>) => string,
): Promise<void> {
  for (let start = 0; start < writes.length; start += writesAtOnce) {
    const some = writes.slice(start, start + writesAtOnce);
    const requests: Writes = {};
    for (const write of some) (requests[nameOf(write.table)] ??= []).push(requestOf(write));
    await untilDone(requests, async (open) => {
      return (await client.send(new BatchWriteCommand({ RequestItems: open }))).UnprocessedItems;
    });
  }
}

function requestOf(write: Write) {
  const table = write.table as ItemTable<object>;
  return write.kind === 'put'
    ? { PutRequest: { Item: toStored(table, write.item) } }
    : { DeleteRequest: { Key: toKey(table, write.key) } };
}

/** Sends again what was left undone. Rejects with `ItemStoreUnavailable` when that does not end. */
async function untilDone<Requests extends object>(
  requests: Requests,
  send: (requests: Requests) => Promise<Requests | undefined>,
): Promise<void> {
  let open = requests;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    open = (await send(open)) ?? ({} as Requests);
    if (Object.keys(open).length === 0) return;
    await pause(attempt);
  }
  throw new ItemStoreUnavailable();
}
