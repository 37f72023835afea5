import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  PutItemCommand,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StartupError } from '../../src/platform/errors/startup-error.js';
import {
  createDynamoDbClient,
  type DynamoDbConnection,
} from '../../src/providers/item-store/dynamodb/dynamodb-client.js';
import { DynamoDbItemStore } from '../../src/providers/item-store/dynamodb/dynamodb.item-store.js';
import { createTable } from '../../src/providers/item-store/dynamodb/tables.js';
import { ConditionFailed, ItemStoreUnavailable } from '../../src/providers/item-store/errors.js';
import { type ItemTable, write } from '../../src/providers/item-store/item-store.js';
import { FakeDynamoDb } from '../support/aws/dynamodb/fake-dynamodb.js';
import { ManualClock } from '../support/manual-clock.js';
import { contractTables, itemStoreContract } from './item-store.contract.js';

let fake: FakeDynamoDb;
beforeAll(async () => {
  fake = await FakeDynamoDb.start();
});
afterAll(() => fake.close());

/** An empty store: each has tables of its own. */
async function openAt(connection: DynamoDbConnection) {
  const prefix = `contract-${randomUUID()}-`;
  const clock = new ManualClock();
  const client = createDynamoDbClient(connection);
  for (const table of contractTables) await createTable(client, table, prefix);
  const store = await DynamoDbItemStore.open({ ...connection, tablePrefix: prefix, clock }, contractTables);
  return { store, clock, prefix };
}

const open = () => openAt(fake.clientConfig);

itemStoreContract('DynamoDbItemStore', open);

const local = process.env.DYNAMODB_LOCAL;
if (local !== undefined) {
  itemStoreContract('DynamoDbItemStore over DynamoDB Local', () =>
    openAt({
      endpoint: local,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
} else {
  it.skip('keeps its promises over DynamoDB Local (skipped where DYNAMODB_LOCAL gives no address)', () => undefined);
}

interface Counter {
  id: string;
  count?: number;
  owner?: string;
}

const counters: ItemTable<Counter> = {
  name: 'notes',
  partitionKey: 'id',
  indexes: { by_path: { partitionKey: 'list' as never, sortKey: 'path' as never } },
};

describe('DynamoDbItemStore', () => {
  let store: DynamoDbItemStore;
  let prefix: string;
  const throttled = { name: 'ProvisionedThroughputExceededException', status: 400 };
  const lost = (operation: string) => ({ operation, drop: 'reply' as const });

  beforeEach(async () => {
    ({ store, prefix } = await open());
    fake.requests.length = 0;
  });
  afterEach(() => {
    fake.batchLimit = Infinity;
  });

  it('R22: knows its own write when the answer is lost and the request repeated', async () => {
    fake.failNext(lost('PutItem'));
    await store.put(counters, { id: 'a' }, { exists: false });
    await expect(store.put(counters, { id: 'a' }, { exists: false })).rejects.toBeInstanceOf(ConditionFailed);

    fake.failNext(lost('UpdateItem'));
    expect(await store.update(counters, { id: 'a' }, { add: { count: 1 } })).toEqual({ id: 'a', count: 1 });
    fake.failNext(lost('UpdateItem'));
    const claimed = await store.update(
      counters,
      { id: 'a' },
      { set: { owner: 'me' } },
      { equals: { owner: undefined } },
    );
    expect(claimed).toEqual({ id: 'a', count: 1, owner: 'me' });
    expect(await store.get(counters, { id: 'a' })).toEqual(claimed);

    fake.failNext(lost('DeleteItem'));
    await store.delete(counters, { id: 'a' }, { exists: true });
    await expect(store.delete(counters, { id: 'a' }, { exists: true })).rejects.toBeInstanceOf(ConditionFailed);
  });

  it('R22: does a transaction once, though its answer is lost', async () => {
    fake.failNext(lost('TransactWriteItems'));
    await store.transact([
      write.put(counters, { id: 'a' }, { exists: false }),
      write.update(counters, { id: 'b' }, { add: { count: 1 } }),
    ]);
    expect(await store.getMany(counters, [{ id: 'a' }, { id: 'b' }])).toEqual([{ id: 'a' }, { id: 'b', count: 1 }]);
    const tokens = sent('TransactWriteItems').map((input) => input.ClientRequestToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });

  it('R47: does not do it again when DynamoDB has forgotten the token, for the condition outlives it', async () => {
    const once = [
      write.put(counters, { id: 'request' }, { exists: false }),
      write.update(counters, { id: 'b' }, { add: { count: 1 } }),
    ];
    await store.transact(once);
    const [first] = sent('TransactWriteItems');
    const now = Date.now();
    fake.transactions.now = () => now + 11 * 60_000;
    const client = createDynamoDbClient(fake.clientConfig);
    const again = client.send(new TransactWriteItemsCommand(first as unknown as TransactWriteItemsCommandInput));
    await expect(again).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    fake.transactions.now = () => Date.now();
    expect(await store.get(counters, { id: 'b' })).toEqual({ id: 'b', count: 1 });
  });

  it('waits while DynamoDB throttles, and while other transactions stand in the way', async () => {
    fake.failNext({ operation: 'GetItem', error: throttled, times: 2 });
    expect(await store.get(counters, { id: 'a' })).toBeUndefined();
    fake.failNext({ operation: 'PutItem', error: { name: 'TransactionConflictException', status: 400 }, times: 3 });
    await store.put(counters, { id: 'a' });
    fake.transactions.conflicts = 2;
    await store.transact([write.put(counters, { id: 'b' }), write.put(counters, { id: 'c' })]);
    fake.failNext({ operation: 'TransactWriteItems', error: { name: 'TransactionInProgressException', status: 400 } });
    await store.transact([write.delete(counters, { id: 'b' }), write.put(counters, { id: 'd' })]);
    const all = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
    expect(await store.getMany(counters, all)).toEqual([{ id: 'a' }, { id: 'c' }, { id: 'd' }]);
  });

  it('sends again what a batch has left undone', async () => {
    fake.batchLimit = 7;
    const keys = Array.from({ length: 30 }, (_, id) => ({ id: `${id}` }));
    await store.writeMany(keys.map((key) => write.put(counters, key)));
    expect(await store.getMany(counters, keys)).toEqual(keys);
    expect(sent('BatchWriteItem')).toHaveLength(5);
    expect(sent('BatchGetItem')).toHaveLength(5);
    fake.batchLimit = 0;
    await expect(store.getMany(counters, keys)).rejects.toBeInstanceOf(ItemStoreUnavailable);
  });

  it('says that it cannot be reached when DynamoDB stays down', async () => {
    fake.failNext({ error: { name: 'InternalServerError', status: 500 }, times: 5 });
    await expect(store.get(counters, { id: 'a' })).rejects.toBeInstanceOf(ItemStoreUnavailable);
    fake.failNext({ drop: 'request', times: 5 });
    await expect(store.put(counters, { id: 'a' })).rejects.toBeInstanceOf(ItemStoreUnavailable);
    fake.failNext({ error: { name: 'AccessDeniedException', status: 400 } });
    await expect(store.get(counters, { id: 'a' })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    fake.failNext({ error: { name: 'AccessDeniedException', status: 400 } });
    await expect(store.ping()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('leaves out what it cannot read, and counts it', async () => {
    const client = createDynamoDbClient(fake.clientConfig);
    const put = (id: string, odd: AttributeValue) =>
      client.send(new PutItemCommand({ TableName: `${prefix}notes`, Item: { id: { S: id }, odd } }));
    await put('set', { SS: ['a'] });
    await put('bytes', { L: [{ B: Buffer.from('a') }] });
    await put('large', { N: '17976931348623157' });
    await store.put(counters, { id: 'good' });
    const ids = ['set', 'bytes', 'large', 'good'].map((id) => ({ id }));
    expect((await store.getMany(counters, ids)).map(({ id }) => id)).toEqual(['large', 'good']);
    expect((await store.query(counters, { partition: 'set', limit: 1 })).items).toEqual([]);
    expect(await store.get(counters, { id: 'bytes' })).toBeUndefined();
    expect(store.malformed).toBe(4);
  });

  it('reads by key what was written before, and never scans', async () => {
    await store.get(counters, { id: 'a' });
    await store.getMany(counters, [{ id: 'a' }]);
    await store.query(counters, { partition: 'a', limit: 1 });
    await store.query(counters, { index: 'by_path', partition: 'a', limit: 1 });
    expect(sent('GetItem')).toMatchObject([{ ConsistentRead: true }]);
    expect(sent('BatchGetItem')).toMatchObject([{ RequestItems: { [`${prefix}notes`]: { ConsistentRead: true } } }]);
    expect(sent('Query').map(({ ConsistentRead }) => ConsistentRead)).toEqual([true, false]);
    expect(sent('Scan')).toEqual([]);
  });

  it('refuses to start without its tables, or with others', async () => {
    const options = { ...fake.clientConfig, clock: new ManualClock() };
    await expect(DynamoDbItemStore.open({ ...options, tablePrefix: 'none-' }, contractTables)).rejects.toThrow(
      'there is no table none-messages; there is no table none-notes',
    );
    const other = [
      { ...contractTables[0]!, indexes: { by_text: { partitionKey: 'text' } } },
    ] as unknown as ItemTable<never>[];
    await expect(DynamoDbItemStore.open({ ...options, tablePrefix: prefix }, other)).rejects.toThrow(
      'has no index by_text',
    );
    const credentials = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' };
    await expect(
      DynamoDbItemStore.open({ ...options, credentials, tablePrefix: prefix }, contractTables),
    ).rejects.toBeInstanceOf(StartupError);
  });

  function sent(operation: string) {
    return fake.requests.filter((request) => request.operation === operation).map(({ input }) => input);
  }
});
