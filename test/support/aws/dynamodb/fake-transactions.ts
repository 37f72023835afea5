import { isDeepStrictEqual } from 'node:util';
import { AwsFailure } from '../fake-service.js';

type Item = Record<string, object>;
type Input = Record<string, unknown>;
type Forward = (operation: string, input: Input) => Promise<Input>;

interface Action {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, object>;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

const tokenMs = 10 * 60_000;
const maximumActions = 100;
const maximumBytes = 4 * 1024 * 1024;

/**
 * The transactions of DynamoDB over single requests of dynalite. Nobody else may be served meanwhile: conditions are
 * evaluated by writes that change nothing, and then all is written.
 */
export class FakeTransactions {
  /** The time by which tokens are forgotten. */
  now = () => Date.now();
  /** Cancels the next transactions because others stand in their way. */
  conflicts = 0;
  private readonly tokens = new Map<string, { readonly input: Input; readonly until: number }>();
  private readonly keys = new Map<string, readonly string[]>();

  constructor(private readonly forward: Forward) {}

  async write({ ClientRequestToken: token, ...input }: Input): Promise<object> {
    if (this.isRepeated(token as string | undefined, input)) return {};
    const kinds = (input.TransactItems as Record<string, Action>[]).map((each) => Object.entries(each)[0]!);
    await this.refuseInvalid(
      kinds.map(([, action]) => action),
      input,
    );
    const reasons: Reason[] = [];
    for (const [, action] of kinds) reasons.push(await this.evaluate(action));
    if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
    for (const [kind, action] of kinds) await this.apply(kind, action);
    if (token !== undefined) this.tokens.set(token as string, { input, until: this.now() + tokenMs });
    return {};
  }

  async get({ TransactItems }: Input): Promise<object> {
    const found: object[] = [];
    for (const { Get } of TransactItems as { Get: Action }[]) {
      found.push(await this.forward('GetItem', { TableName: Get.TableName, Key: Get.Key, ConsistentRead: true }));
    }
    return { Responses: found };
  }

  /** The item with the key that `item` has. */
  async find(table: string, item: Item): Promise<Item | undefined> {
    const Key = await this.keyOf(table, item);
    return (await this.forward('GetItem', { TableName: table, Key, ConsistentRead: true })).Item as Item | undefined;
  }

  private isRepeated(token: string | undefined, input: Input): boolean {
    const known = token === undefined ? undefined : this.tokens.get(token);
    if (!known || known.until < this.now()) return false;
    if (isDeepStrictEqual(known.input, input)) return true;
    throw new AwsFailure({ name: 'IdempotentParameterMismatchException', status: 400 });
  }

  private async refuseInvalid(actions: readonly Action[], input: Input): Promise<void> {
    const targets = await Promise.all(
      actions.map(async ({ TableName, Key, Item }) => [TableName, await this.keyOf(TableName, (Key ?? Item)!)]),
    );
    const isDouble = targets.some(
      (target, index) => targets.findIndex((each) => isDeepStrictEqual(each, target)) < index,
    );
    if (actions.length === 0 || actions.length > maximumActions) throw invalid('1 to 100 items in a transaction');
    if (isDouble) throw invalid('Transaction request cannot include multiple operations on one item');
    if (JSON.stringify(input).length > 2 * maximumBytes) throw invalid('Collection size of items exceeded');
  }

  private async evaluate(action: Action): Promise<Reason> {
    if (this.conflicts > 0) {
      this.conflicts -= 1;
      return { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
    }
    const item = await this.find(action.TableName, (action.Key ?? action.Item)!);
    if (action.ConditionExpression === undefined) return { Code: 'None' };
    try {
      await this.tryCondition(action, item);
      return { Code: 'None' };
    } catch (failure) {
      const name = failure instanceof AwsFailure ? failure.error.name : '';
      if (!name.endsWith('ConditionalCheckFailedException')) throw failure;
      const shown = action.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && item && { Item: item };
      return { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', ...shown };
    }
  }

  /** Puts the item in its own place, or deletes what is not there. */
  private async tryCondition(action: Action, item: Item | undefined): Promise<void> {
    const {
      TableName,
      ConditionExpression,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    } = action;
    const target = item ? { Item: item } : { Key: await this.keyOf(TableName, (action.Key ?? action.Item)!) };
    const condition = {
      ConditionExpression,
      ...(names && { ExpressionAttributeNames: used(names, ConditionExpression!) }),
      ...(values && { ExpressionAttributeValues: used(values, ConditionExpression!) }),
    };
    await this.forward(item ? 'PutItem' : 'DeleteItem', { TableName, ...target, ...dropEmpty(condition) });
  }

  private async apply(kind: string, action: Action): Promise<void> {
    const { TableName, Item, Key, UpdateExpression: change, ExpressionAttributeNames: names } = action;
    if (kind === 'Put') await this.forward('PutItem', { TableName, Item });
    if (kind === 'Delete') await this.forward('DeleteItem', { TableName, Key });
    if (kind !== 'Update') return;
    const expression = {
      UpdateExpression: change,
      ...(names && { ExpressionAttributeNames: used(names, change ?? '') }),
      ...(action.ExpressionAttributeValues && {
        ExpressionAttributeValues: used(action.ExpressionAttributeValues, change ?? ''),
      }),
    };
    await this.forward('UpdateItem', { TableName, Key, ...dropEmpty(expression) });
  }

  private async keyOf(table: string, item: Item): Promise<Item> {
    const names = this.keys.get(table) ?? (await this.describe(table));
    return Object.fromEntries(names.map((name) => [name, item[name]!]));
  }

  private async describe(table: string): Promise<readonly string[]> {
    const { Table } = await this.forward('DescribeTable', { TableName: table });
    const names = (Table as { KeySchema: { AttributeName: string }[] }).KeySchema.map((key) => key.AttributeName);
    this.keys.set(table, names);
    return names;
  }
}

/** The names or values that the expression mentions: DynamoDB refuses others. */
function used<Value>(all: Record<string, Value>, expression: string): Record<string, Value> {
  const mentioned = new Set(expression.match(/[#:]\w+/g));
  return Object.fromEntries(Object.entries(all).filter(([placeholder]) => mentioned.has(placeholder)));
}

function dropEmpty(input: Input): Input {
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined && Object.keys(value as object).length > 0),
  );
}

function invalid(message: string): AwsFailure {
  return new AwsFailure({ name: 'ValidationException', status: 400, message });
}

function cancelled(reasons: readonly Reason[]): AwsFailure {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new AwsFailure({
    name: 'TransactionCanceledException',
    status: 400,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    fields: { CancellationReasons: reasons },
  });
}
