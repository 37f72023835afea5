import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SqliteDatabase } from '../../src/providers/database/sqlite/sqlite.database.js';
import { createDynamoDbClient } from '../../src/providers/item-store/dynamodb/dynamodb-client.js';
import { DynamoDbItemStore } from '../../src/providers/item-store/dynamodb/dynamodb.item-store.js';
import { createTable } from '../../src/providers/item-store/dynamodb/tables.js';
import {
  type Change,
  type Comparison,
  type Condition,
  type ItemStore,
  type ItemTable,
  write,
} from '../../src/providers/item-store/item-store.js';
import { SqliteItemStore } from '../../src/providers/item-store/sqlite/sqlite.item-store.js';
import { FakeDynamoDb } from '../support/aws/dynamodb/fake-dynamodb.js';
import { ManualClock } from '../support/manual-clock.js';
import { temporaryFolders } from '../support/temporary-folder.js';

interface Thing {
  group: string;
  place: number;
  owner?: string;
  label?: string | null;
  count?: number;
  ends?: number;
}

const things: ItemTable<Thing> = {
  name: 'things',
  partitionKey: 'group',
  sortKey: 'place',
  indexes: { by_owner: { partitionKey: 'owner', sortKey: 'place' } },
  numericKeys: ['place'],
  expiresAt: 'ends',
};

type Step = (store: ItemStore, prefix: string) => Promise<unknown>;

const place = fc.integer({ min: 1, max: 4 });
const owner = fc.constantFrom('ada', 'bob');
const label = fc.constantFrom('a', 'ab', 'é', '😀', '', null);
const count = fc.integer({ min: -3, max: 3 });
const begin = Math.floor(new ManualClock().now().getTime() / 1000);
const ends = fc.constantFrom(begin - 1, begin + 100, begin + 200, begin + 300);
const attributes = fc.record({ owner, label, count, ends }, { requiredKeys: [] });
const operand = fc.oneof(
  label.filter((each) => each !== null),
  count,
);
const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  ...(['equals', 'lessThan', 'atMost', 'greaterThan', 'atLeast'] as const).map((kind) =>
    operand.map((value) => ({ [kind]: value }) as unknown as Comparison),
  ),
  fc.tuple(count, count).map((between) => ({ between })),
  fc.constantFrom('', 'a').map((beginsWith) => ({ beginsWith })),
);
const condition: fc.Arbitrary<Condition<Thing> | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.record({ exists: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ equals: fc.record({ label: fc.option(label, { nil: undefined }) }) }) },
  { weight: 1, arbitrary: fc.record({ exists: fc.boolean(), equals: fc.record({ count }) }) },
  { weight: 2, arbitrary: fc.record({ differs: fc.record({ label }) }) },
  { weight: 2, arbitrary: fc.record({ compares: fc.record({ count: comparison }) }) },
  { weight: 2, arbitrary: fc.record({ compares: fc.record({ label: comparison }) }) },
);
const change: fc.Arbitrary<Change<Thing>> = fc.oneof(
  attributes.map((set) => ({ set: { ...set } })),
  fc
    .tuple(owner, count)
    .map(([by, more]) => ({ set: { owner: by }, add: { count: more }, remove: ['label' as const] })),
);
const range = fc.option(
  fc.oneof(
    ...(['equals', 'lessThan', 'atMost', 'greaterThan', 'atLeast'] as const).map((kind) =>
      place.map((value) => ({ [kind]: value }) as unknown as Comparison),
    ),
    fc.tuple(place, place).map((between) => ({ between })),
  ),
  { nil: undefined },
);

const put = fc.tuple(place, attributes, condition).map(
  ([at, rest, when]): Step =>
    (store, group) =>
      store.put(things, { group, place: at, ...rest }, when),
);
const update = fc.tuple(place, change, condition).map(
  ([at, how, when]): Step =>
    (store, group) =>
      store.update(things, { group, place: at }, how, when),
);
const remove = fc.tuple(place, condition).map(
  ([at, when]): Step =>
    (store, group) =>
      store.delete(things, { group, place: at }, when),
);
const transact = fc.tuple(place, change, condition, condition).map(
  ([at, how, first, second]): Step =>
    (store, group) =>
      store.transact([
        write.update(things, { group, place: at }, how, first),
        write.put(things, { group, place: at + 1, owner: 'bob' }, second),
      ]),
);
const query = fc.tuple(range, fc.integer({ min: 1, max: 3 }), fc.boolean()).map(
  ([sort, limit, descending]): Step =>
    (store, group) =>
      store.query(things, {
        partition: group,
        limit,
        ...(sort && { sort }),
        order: descending ? 'descending' : 'ascending',
      }),
);
const get = place.map(
  (at): Step =>
    (store, group) =>
      store.get(things, { group, place: at }),
);
const step = fc.oneof(
  { weight: 3, arbitrary: put },
  { weight: 4, arbitrary: update },
  { weight: 1, arbitrary: remove },
  { weight: 2, arbitrary: transact },
  { weight: 2, arbitrary: query },
  { weight: 1, arbitrary: get },
);

/** What came of it, as it can be compared: the answer, or which error it was. */
async function outcome(work: Promise<unknown>): Promise<unknown> {
  try {
    return { answer: await work };
  } catch (error) {
    const { constructor, index } = error as Error & { index?: number };
    return { failure: constructor.name, index };
  }
}

describe('item stores', () => {
  const createFolder = temporaryFolders();
  let fake: FakeDynamoDb;
  let database: SqliteDatabase;
  let stores: readonly ItemStore[];

  beforeAll(async () => {
    fake = await FakeDynamoDb.start();
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    const client = createDynamoDbClient(fake.clientConfig);
    const clock = new ManualClock();
    await createTable(client, things, '');
    stores = [new SqliteItemStore(database, clock), new DynamoDbItemStore(client, '', clock, things)];
  });
  afterAll(async () => {
    await database.close();
    await fake.close();
  });

  it('R49: answer the same, whatever they are asked', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 15 }), async (steps) => {
        const group = `group ${(runs += 1)}`;
        for (const store of stores)
          for (const at of [1, 2, 3])
            await store.put(things, { group, place: at, label: 'a', count: at, owner: 'ada' });
        for (const each of steps) {
          const [local, remote] = await Promise.all(stores.map((store) => outcome(each(store, group))));
          expect(remote).toEqual(local);
        }
        const [local, remote] = await Promise.all(
          stores.map((store) => store.query(things, { partition: group, limit: 10 })),
        );
        expect(remote).toEqual(local);
      }),
      { numRuns: 40 },
    );
  });
});
