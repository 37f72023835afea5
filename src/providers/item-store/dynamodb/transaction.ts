import { randomUUID } from 'node:crypto';
import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { changed, isMet } from '../conditions.js';
import { ConditionFailed, ItemTooLarge } from '../errors.js';
import type { Change, Condition, ItemKey, ItemTable, Write } from '../item-store.js';
import { checkChange } from '../validate.js';
import { saysTooLarge } from './dynamodb-errors.js';
import { all, conditionOf, expired, Expression, unexpired, updateOf } from './expression.js';
import { toKey, toStored } from './stored-item.js';

type AnyItem = Record<string, unknown>;
type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Items may expire while it is tried. */
const maxAttempts = 3;

/**
 * Writes that happen together. Each request has a token of its own, so that DynamoDB knows one that is sent again
 * because its answer was lost, for ten minutes; the SDK gives up long before.
 */
export class Transaction {
  /** Updates of items that turned out to have expired, and are replaced by what the update makes of nothing. */
  private readonly anew = new Set<number>();

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly writes: readonly Write[],
    private readonly nameOf: (table: ItemTable<never>) => string,
  ) {}

  /** Rejects with `ConditionFailed` and `ItemTooLarge`. `now` is in seconds since 1970. */
  async run(now: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const items = this.writes.map((write, index) => this.itemOf(write, index, now));
        await this.client.send(new TransactWriteCommand({ TransactItems: items, ClientRequestToken: randomUUID() }));
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        this.learnFrom(error, now, attempt === maxAttempts);
      }
    }
  }

  /** Returns when it is to be tried again. */
  private learnFrom(error: TransactionCanceledException, now: number, last: boolean): void {
    const reasons = error.CancellationReasons ?? [];
    const failed = [...reasons.entries()].filter(([, { Code }]) => Code === 'ConditionalCheckFailed');
    const expiredMeanwhile = ([index, { Item }]: [number, CancellationReason]) => {
      const { table, kind, condition } = this.writes[index]!;
      const ends = table.expiresAt === undefined ? undefined : Item?.[table.expiresAt]?.N;
      return kind === 'update' && ends !== undefined && Number(ends) <= now && isMet(condition as object, undefined);
    };
    const refused = failed.find((each) => last || this.anew.has(each[0]) || !expiredMeanwhile(each));
    if (refused) throw new ConditionFailed(this.writes[refused[0]]!.table.name, refused[0]);
    const large = reasons.findIndex(({ Message }) => saysTooLarge({ message: Message }));
    if (large >= 0) throw new ItemTooLarge(this.writes[large]!.table.name);
    if (failed.length === 0) throw error;
    for (const [index] of failed) this.anew.add(index);
  }

  private itemOf(write: Write, index: number, now: number): TransactItem {
    const table = write.table as ItemTable<AnyItem>;
    const expression = new Expression();
    const TableName = this.nameOf(write.table);
    const condition = conditionOf(expression, table, write.condition as Condition<AnyItem>, now);
    const checked = (ConditionExpression = condition) => ({ ConditionExpression, ...expression.attributes });
    if (write.kind === 'put') return { Put: { TableName, Item: toStored(table, write.item as AnyItem), ...checked() } };
    const Key = toKey(table, write.key as AnyItem);
    if (write.kind === 'delete') return { Delete: { TableName, Key, ...checked() } };
    if (write.kind === 'check') {
      return { ConditionCheck: { TableName, Key, ...checked(), ConditionExpression: condition } };
    }
    const change = write.change as Change<AnyItem>;
    checkChange(table, change);
    if (this.anew.has(index)) return { Put: { TableName, ...replacement(table, write.key as AnyItem, change, now) } };
    const UpdateExpression = updateOf(expression, change);
    const ConditionExpression = all(condition, unexpired(expression, table, now));
    return {
      Update: {
        TableName,
        Key,
        UpdateExpression,
        ...checked(ConditionExpression),
        ReturnValuesOnConditionCheckFailure: table.expiresAt === undefined ? 'NONE' : 'ALL_OLD',
      },
    };
  }
}

/** What an update makes of nothing, in place of an item that has expired. */
export function replacement<Item extends object>(
  table: ItemTable<Item>,
  key: ItemKey<Item>,
  change: Change<Item>,
  now: number,
) {
  const expression = new Expression();
  const ConditionExpression = expired(expression, table, now);
  const item = changed<Item>(key, change);
  return { Item: toStored(table, item), ConditionExpression, ...expression.attributes };
}
