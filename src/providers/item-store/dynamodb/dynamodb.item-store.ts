import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../clock/clock.js';
import { changed, isMet } from '../conditions.js';
import { ConditionFailed, ItemTooLarge } from '../errors.js';
import {
  type Change,
  type Condition,
  type ItemKey,
  type ItemPage,
  type ItemQuery,
  ItemStore,
  type ItemTable,
  type Write,
} from '../item-store.js';
import { checkChange, checkTransaction, lastOfEach, refuseTooMany } from '../validate.js';
import { getBatch, writeBatches } from './batches.js';
import { createDynamoDbClient, type DynamoDbConnection } from './dynamodb-client.js';
import { isConditionFailed, saysTooLarge } from './dynamodb-errors.js';
import { all, conditionOf, Expression, rangeOf, unexpired, updateOf } from './expression.js';
import {
  fromStored,
  hasExpired,
  markName,
  newMark,
  type StoredItem,
  toKey,
  toPosition,
  toStored,
} from './stored-item.js';
import { assertTables } from './tables.js';
import { replacement, Transaction } from './transaction.js';

export interface DynamoDbItemStoreOptions extends DynamoDbConnection {
  /** Begin of the names of all tables. */
  readonly tablePrefix: string;
  readonly clock: Clock;
}

/** Items may expire while an update is tried. */
const maxAttempts = 3;

/**
 * Items in Amazon DynamoDB, each table in one of its own. Reads by table key are consistent. Tables are made by
 * Terraform, or by `npm run dynamodb:create-tables`; `docs/dynamodb.md` lists every access to them.
 */
export class DynamoDbItemStore extends ItemStore {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tablePrefix: string,
    private readonly clock: Clock,
    /** One of the tables, at which `ping` looks. */
    private readonly watched: ItemTable<never>,
  ) {
    super();
  }

  /** Rejects with `StartupError` when a table is not there, or not as it was declared. */
  static async open(
    { tablePrefix, clock, ...connection }: DynamoDbItemStoreOptions,
    tables: readonly ItemTable<never>[],
  ): Promise<DynamoDbItemStore> {
    const client = createDynamoDbClient(connection);
    await assertTables(client, tables, tablePrefix);
    return new DynamoDbItemStore(client, tablePrefix, clock, tables[0]!);
  }

  async get<Item extends object>(table: ItemTable<Item>, key: ItemKey<Item>): Promise<Item | undefined> {
    const found = await this.client.send(
      new GetCommand({ TableName: this.nameOf(table), Key: toKey(table, key), ConsistentRead: true }),
    );
    return found.Item && this.read(table, found.Item);
  }

  async getMany<Item extends object>(table: ItemTable<Item>, keys: readonly ItemKey<Item>[]): Promise<readonly Item[]> {
    refuseTooMany(keys.length);
    if (keys.length === 0) return [];
    const identity = (item: object) => JSON.stringify(Object.values(toKey(table, item)));
    const unique = new Map(keys.map((key) => [identity(key), toKey(table, key)]));
    const found = await getBatch(this.client, this.nameOf(table), [...unique.values()]);
    const byKey = new Map(found.map((item) => [identity(item), item]));
    return keys.flatMap((key) => this.read(table, byKey.get(identity(key))) ?? []);
  }

  async put<Item extends object>(table: ItemTable<Item>, item: Item, condition?: Condition<Item>): Promise<void> {
    const expression = new Expression();
    const mark = newMark();
    const marked = condition && { [markName]: mark };
    const input = {
      TableName: this.nameOf(table),
      Item: { ...toStored(table, item), ...marked },
      ConditionExpression: conditionOf(expression, table, condition, this.now()),
      ...expression.attributes,
      ...(condition && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }),
    };
    try {
      await this.client.send(new PutCommand(input));
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      if (error.Item?.[markName]?.S !== mark) throw new ConditionFailed(table.name);
    }
  }

  async update<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    condition?: Condition<Item>,
  ): Promise<Item> {
    checkChange(table, change);
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const item = await this.tryToUpdate(table, key, change, condition);
      if (item) return item;
    }
    throw new ConditionFailed(table.name);
  }

  async delete<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    condition?: Condition<Item>,
  ): Promise<void> {
    const expression = new Expression();
    const ConditionExpression = conditionOf(expression, table, condition, this.now());
    const input = {
      TableName: this.nameOf(table),
      Key: toKey(table, key),
      ConditionExpression,
      ...expression.attributes,
      ...(condition && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }),
    };
    try {
      await this.client.send(new DeleteCommand(input));
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      // The first request, whose answer was lost, has deleted it.
      if (error.Item !== undefined || (error.$metadata.attempts ?? 1) === 1) throw new ConditionFailed(table.name);
    }
  }

  async query<Item extends object>(table: ItemTable<Item>, query: ItemQuery<Item>): Promise<ItemPage<Item>> {
    const schema = query.index === undefined ? table : table.indexes?.[query.index];
    if (!schema) throw new Error(`The table ${table.name} has no index ${query.index}`);
    const found = await this.find(table, schema, query);
    const page = found.slice(0, query.limit);
    const items = page.flatMap((item) => this.read(table, item) ?? []);
    const last = page.at(-1);
    return found.length > query.limit && last ? { items, next: toPosition(table, schema, last as Item) } : { items };
  }

  async transact(writes: readonly Write[]): Promise<void> {
    checkTransaction(writes);
    if (writes.length === 0) return;
    await new Transaction(this.client, writes, (table) => this.nameOf(table)).run(this.now());
  }

  async writeMany(writes: readonly Write[]): Promise<void> {
    await writeBatches(this.client, lastOfEach(writes), (table) => this.nameOf(table));
  }

  /** Reads an item that is not there. */
  async ping(): Promise<void> {
    const { partitionKey, sortKey, numericKeys = [] } = this.watched;
    const keys: readonly string[] = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
    const numbers: readonly string[] = numericKeys;
    const key = Object.fromEntries(keys.map((name) => [name, numbers.includes(name) ? 0 : 'health']));
    await this.get(this.watched, key as ItemKey<never>);
  }

  /** Undefined when an item that had expired was replaced meanwhile: then it has to be tried again. */
  private async tryToUpdate<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    condition: Condition<Item> | undefined,
  ): Promise<Item | undefined> {
    const now = this.now();
    const mark = newMark();
    try {
      const { Attributes } = await this.client.send(this.updateOf(table, key, change, condition, { mark, now }));
      return fromStored<Item>(Attributes!);
    } catch (error) {
      if (saysTooLarge(error as Error)) throw new ItemTooLarge(table.name);
      if (!isConditionFailed(error)) throw error;
      if (error.Item?.[markName]?.S === mark) return (await this.get(table, key)) ?? changed<Item>(key, change);
      const ends = table.expiresAt === undefined ? undefined : error.Item?.[table.expiresAt]?.N;
      const expired = ends !== undefined && Number(ends) <= now;
      if (!expired || !isMet(condition, undefined)) throw new ConditionFailed(table.name);
      return this.updateAnew(table, key, change, now);
    }
  }

  /** A change that would not be the same when it is done twice is marked: see `markName`. */
  private updateOf<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    condition: Condition<Item> | undefined,
    { mark, now }: { mark: string; now: number },
  ): UpdateCommand {
    const expression = new Expression();
    const isMarked = condition !== undefined || change.add !== undefined;
    const set: Change<Item>['set'] = isMarked ? { ...change.set!, [markName]: mark } : change.set;
    const ConditionExpression = all(
      conditionOf(expression, table, condition, now),
      unexpired(expression, table, now),
      isMarked ? `NOT ${expression.name(markName)} = ${expression.value(mark)}` : undefined,
    );
    return new UpdateCommand({
      TableName: this.nameOf(table),
      Key: toKey(table, key),
      UpdateExpression: updateOf(expression, { ...change, set }),
      ConditionExpression,
      ...expression.attributes,
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: ConditionExpression === undefined ? undefined : 'ALL_OLD',
    });
  }

  private async updateAnew<Item extends object>(
    table: ItemTable<Item>,
    key: ItemKey<Item>,
    change: Change<Item>,
    now: number,
  ): Promise<Item | undefined> {
    const put = { TableName: this.nameOf(table), ...replacement(table, key, change, now) };
    try {
      await this.client.send(new PutCommand(put));
      return put.Item as Item;
    } catch (error) {
      if (isConditionFailed(error)) return undefined;
      throw error;
    }
  }

  /** One more than the page has, where there is one. DynamoDB answers with 1 MB at most, and filters after it has counted. */
  private async find<Item extends object>(
    table: ItemTable<Item>,
    schema: ItemTable<Item> | NonNullable<ItemTable<Item>['indexes']>[string],
    { index, partition, sort, order, limit, after }: ItemQuery<Item>,
  ): Promise<StoredItem[]> {
    const expression = new Expression();
    const range = rangeOf(expression, schema.sortKey, sort);
    if (partition === '' || range === 'nothing') return [];
    const keys = all(`${expression.name(schema.partitionKey)} = ${expression.value(partition)}`, range);
    const FilterExpression = unexpired(expression, table, this.now());
    const found: StoredItem[] = [];
    let start: StoredItem | undefined = after && toPosition(table, schema, after);
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.nameOf(table),
          IndexName: index,
          KeyConditionExpression: keys,
          FilterExpression,
          ...expression.attributes,
          ScanIndexForward: order !== 'descending',
          ConsistentRead: index === undefined,
          Limit: limit + 1 - found.length,
          ExclusiveStartKey: start,
        }),
      );
      found.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start && found.length <= limit);
    return found;
  }

  private read<Item extends object>(table: ItemTable<Item>, stored: StoredItem | undefined): Item | undefined {
    if (stored === undefined || hasExpired(table, stored, this.now())) return undefined;
    const item = fromStored<Item>(stored);
    if (item === undefined) this.malformed += 1;
    return item;
  }

  private nameOf(table: { readonly name: string }): string {
    return this.tablePrefix + table.name;
  }

  private now(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}
