import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { type AwsError, AwsFailure, FakeJsonService } from '../fake-service.js';
import { FakeTransactions } from './fake-transactions.js';

type Item = Record<string, object>;
type Input = Record<string, unknown>;

/**
 * DynamoDB on this machine: dynalite, and before it what dynalite lacks: signatures, transactions, the item that stood
 * against a condition, and expiry settings. One request at a time, so that a transaction is alone. Nothing expires by
 * itself, as DynamoDB, too, may take days.
 */
export class FakeDynamoDb extends FakeJsonService {
  /** What came in, the latest last. */
  readonly requests: { readonly operation: string; readonly input: Input }[] = [];
  /** Items that a batch does at most; the rest is left undone. */
  batchLimit = Infinity;
  readonly transactions = new FakeTransactions((operation, input) => this.forward(operation, input));
  private readonly expiring = new Map<string, string>();
  private readonly behind: Server;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor() {
    super('dynamodb', '1.0');
    this.behind = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  }

  static async start(): Promise<FakeDynamoDb> {
    const fake = new FakeDynamoDb();
    fake.behind.listen(0, '127.0.0.1');
    await once(fake.behind, 'listening');
    return fake.listen();
  }

  override async close(): Promise<void> {
    await super.close();
    await this.turn.catch(() => undefined);
    await new Promise((closed) => this.behind.close(closed));
  }

  protected override invoke(operation: string, input: Input): Promise<object> {
    this.requests.push({ operation, input });
    const done = this.turn.catch(() => undefined).then(() => this.alone(operation, input));
    this.turn = done;
    return done;
  }

  private async alone(operation: string, input: Input): Promise<object> {
    switch (operation) {
      case 'TransactWriteItems':
        return this.transactions.write(input);
      case 'TransactGetItems':
        return this.transactions.get(input);
      case 'BatchGetItem':
      case 'BatchWriteItem':
        return this.batch(operation, input);
      case 'UpdateTimeToLive':
        return this.letExpire(input);
      case 'DescribeTimeToLive':
        return { TimeToLiveDescription: this.timeToLive(input.TableName as string) };
      default:
        return this.single(operation, input);
    }
  }

  /** With the item that stood against the condition, where it is asked for. */
  private async single(operation: string, input: Input): Promise<object> {
    const { ReturnValuesOnConditionCheckFailure: shown, ...rest } = input;
    try {
      return await this.forward(operation, rest);
    } catch (failure) {
      const refused = failure instanceof AwsFailure && failure.error.name.endsWith('ConditionalCheckFailedException');
      if (!refused || shown !== 'ALL_OLD') throw failure;
      const fields = {
        Item: await this.transactions.find(input.TableName as string, (input.Key ?? input.Item) as Item),
      };
      throw new AwsFailure({ ...failure.error, fields });
    }
  }

  private async batch(operation: 'BatchGetItem' | 'BatchWriteItem', { RequestItems }: Input): Promise<object> {
    const requests = RequestItems as Record<string, { Keys: object[] } | object[]>;
    const now: Record<string, object> = {};
    const later: Record<string, object> = {};
    let left = this.batchLimit;
    for (const [table, wanted] of Object.entries(requests)) {
      const each = Array.isArray(wanted) ? wanted : wanted.Keys;
      const parts = [each.slice(0, left), each.slice(Math.min(left, each.length))];
      left -= parts[0]!.length;
      for (const [into, part] of [[now, parts[0]!] as const, [later, parts[1]!] as const]) {
        if (part.length > 0) into[table] = Array.isArray(wanted) ? part : { ...wanted, Keys: part };
      }
    }
    const done = Object.keys(now).length === 0 ? {} : await this.forward(operation, { RequestItems: now });
    return { ...done, [operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems']: later };
  }

  private letExpire({ TableName, TimeToLiveSpecification: specification }: Input): object {
    const { AttributeName, Enabled } = specification as { AttributeName: string; Enabled: boolean };
    if (this.expiring.has(TableName as string) === Enabled) {
      throw new AwsFailure({ name: 'ValidationException', status: 400, message: 'TimeToLive is already so' });
    }
    if (Enabled) this.expiring.set(TableName as string, AttributeName);
    else this.expiring.delete(TableName as string);
    return { TimeToLiveSpecification: specification };
  }

  private timeToLive(table: string): object {
    const AttributeName = this.expiring.get(table);
    return { TimeToLiveStatus: AttributeName === undefined ? 'DISABLED' : 'ENABLED', AttributeName };
  }

  /** Never cut off in the middle: dynalite would not survive it. Throws `AwsFailure`. */
  private async forward(operation: string, input: Input): Promise<Input> {
    const { port } = this.behind.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': new Date().toISOString(),
        authorization: 'AWS4-HMAC-SHA256 Credential=fake, SignedHeaders=host, Signature=fake',
      },
      body: JSON.stringify(input),
    });
    const output = (await response.json()) as Input;
    if (response.ok) return output;
    throw new AwsFailure(errorIn(output, response.status));
  }
}

function errorIn({ __type, message, Message, ...fields }: Input, status: number): AwsError {
  return { name: __type as string, status, message: (message ?? Message) as string, fields };
}
