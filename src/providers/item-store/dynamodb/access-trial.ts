import { randomUUID } from 'node:crypto';
import { type DynamoDBDocumentClient, paginateScan, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../clock/clock.js';
import { type AccessPattern, accessPatternsOf } from '../access-patterns.js';
import { type Comparison, type KeyValue, type Write, write } from '../item-store.js';
import type { ComparisonKind, DeclaredTable } from '../item-tables.js';
import { schemaOf } from '../table-schema.js';
import { DynamoDbItemStore } from './dynamodb.item-store.js';
import { toKey } from './stored-item.js';

/** How one access went. */
export interface TriedAccess {
  readonly table: string;
  readonly operation: string;
  readonly index: string | undefined;
  readonly keyCondition: string;
  readonly milliseconds: number;
  /** Items that were found or written. */
  readonly items: number;
  /** Why it did not work. */
  readonly fault: string | undefined;
}

type Sample = Record<string, KeyValue>;
type Table = DeclaredTable<Sample>;

const begin = 'access-pattern-';
const sampleCount = 3;
const lifeSeconds = 3600;
/** Writes before reads before deletes. */
const turns = [/put/i, /update|check/i, /get|query/i, /delete/i];

/** Executes the accesses of a table, one after the other, on items of its own, and removes them. */
export class AccessTrial {
  private readonly store: DynamoDbItemStore;
  private readonly samples: readonly Sample[];
  private readonly table: Table;

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly prefix: string,
    table: DeclaredTable,
    private readonly clock: Clock,
  ) {
    this.store = new DynamoDbItemStore(client, prefix, clock, table);
    this.table = table as unknown as Table;
    this.samples = this.makeSamples(`${begin}${randomUUID()}`);
  }

  async *run(): AsyncGenerator<TriedAccess> {
    const turnOf = ({ operation }: AccessPattern) => turns.findIndex((turn) => turn.test(operation));
    const patterns = accessPatternsOf(this.table);
    for (const pattern of patterns.toSorted((a, b) => turnOf(a) - turnOf(b))) {
      yield await this.measure(pattern, () => this.execute(pattern));
    }
    yield await this.measure({ operation: 'TransactGetItems', keyCondition: 'every key' }, () => this.getTogether());
    yield await this.measure({ operation: 'Scan', keyCondition: '' }, () => this.removeRemains());
  }

  private async measure(
    { operation, index, keyCondition }: Pick<AccessPattern, 'operation' | 'keyCondition'> & Partial<AccessPattern>,
    work: () => Promise<number>,
  ): Promise<TriedAccess> {
    let began = performance.now();
    const tried = { table: this.table.name, operation, index, keyCondition };
    const done = (items: number, fault: string | undefined) => {
      return { ...tried, items, fault, milliseconds: performance.now() - began };
    };
    try {
      await this.store.writeMany(this.samples.map((sample) => write.put(this.table, sample)));
      began = performance.now();
      const items = await work();
      return done(items, items === 0 ? 'found nothing' : undefined);
    } catch (error) {
      return done(0, this.faultOf(error as Error));
    }
  }

  private faultOf({ name, message }: Error): string {
    if (name !== 'ResourceNotFoundException') return message === '' ? name : message;
    return `${this.tableName} is not there: "npm run dynamodb:create-tables" makes it`;
  }

  private async execute({ access, index, comparison }: AccessPattern): Promise<number> {
    const { store, table, samples } = this;
    const [sample] = samples as [Sample];
    const key = toKey(table, sample);
    const change = { set: { tried: 'yes' } };
    const single: Readonly<Record<string, () => Promise<unknown>>> = {
      get: () => store.get(table, key),
      put: () => store.put(table, sample, { exists: true }),
      update: () => store.update(table, key, change, { exists: true }),
      delete: () => store.delete(table, key, { exists: true }),
      'transact put': () => store.transact([write.put(table, sample, { exists: true })]),
      'transact update': () => store.transact([write.update(table, key, change, { exists: true })]),
      'transact delete': () => store.transact([write.delete(table, key, { exists: true })]),
      'transact check': () => store.transact([write.check(table, key, { exists: true })]),
    };
    const many: Readonly<Record<string, (each: Sample) => Write>> = {
      'writeMany put': (each) => write.put(table, each),
      'writeMany delete': (each) => write.delete(table, toKey(table, each)),
    };
    if (access.does === 'query') return this.query(index, comparison, access.order);
    if (access.does === 'getMany')
      return (
        await store.getMany(
          table,
          samples.map((each) => toKey(table, each)),
        )
      ).length;
    const one = single[access.does];
    if (one) {
      const found = await one();
      return access.does === 'get' && found === undefined ? 0 : 1;
    }
    await store.writeMany(samples.map(many[access.does]!));
    return samples.length;
  }

  private async query(
    index: string | undefined,
    comparison: ComparisonKind | undefined,
    order: 'descending' | undefined,
  ): Promise<number> {
    const schema = index === undefined ? this.table : this.table.indexes![index]!;
    const [sample] = this.samples as [Sample];
    const sort = comparison && this.comparisonOn(schema.sortKey!, comparison);
    const { items } = await this.store.query(this.table, {
      ...(index !== undefined && { index }),
      partition: sample[schema.partitionKey]!,
      ...(sort && { sort }),
      ...(order && { order }),
      limit: sampleCount,
    });
    return items.length;
  }

  /** One that some of the samples meet. */
  private comparisonOn(name: string, kind: ComparisonKind): Comparison {
    const values = this.samples.map((sample) => sample[name]!);
    const [first, , last] = values as [KeyValue, KeyValue, KeyValue];
    const operands: Readonly<Record<ComparisonKind, unknown>> = {
      equals: first,
      lessThan: last,
      atMost: last,
      greaterThan: first,
      atLeast: first,
      between: [first, last],
      beginsWith: first,
    };
    return { [kind]: operands[kind] } as unknown as Comparison;
  }

  private async getTogether(): Promise<number> {
    const TransactItems = this.samples.map((sample) => {
      return { Get: { TableName: this.tableName, Key: toKey(this.table, sample) } };
    });
    const { Responses } = await this.client.send(new TransactGetCommand({ TransactItems }));
    return (Responses ?? []).filter(({ Item }) => Item !== undefined).length;
  }

  /** Items of this run, and of earlier ones that were cut short. */
  private async removeRemains(): Promise<number> {
    const scan = {
      TableName: this.tableName,
      FilterExpression: 'begins_with(#partition, :begin)',
      ExpressionAttributeNames: { '#partition': this.table.partitionKey },
      ExpressionAttributeValues: { ':begin': begin },
    };
    let removed = 0;
    for await (const { Items = [] } of paginateScan({ client: this.client }, scan)) {
      await this.store.writeMany(Items.map((item) => write.delete(this.table, toKey(this.table, item))));
      removed += Items.length;
    }
    return removed;
  }

  private makeSamples(partition: string): Sample[] {
    const { attributes, partition_key, sort_key } = schemaOf(this.table);
    const ends = Math.floor(this.clock.now().getTime() / 1000) + lifeSeconds;
    const partitions = new Set(Object.values(this.table.indexes ?? {}).map((index) => index.partitionKey));
    const valueOf = (name: string, number: number): KeyValue => {
      if (name === partition_key) return sort_key === null ? `${partition}-${number}` : partition;
      if (name !== sort_key && partitions.has(name)) return partition;
      return attributes[name] === 'N' ? number : `${number}`;
    };
    return Array.from({ length: sampleCount }, (_, number) => ({
      ...Object.fromEntries(Object.keys(attributes).map((name) => [name, valueOf(name, number + 1)])),
      ...(this.table.expiresAt !== undefined && { [this.table.expiresAt]: ends }),
    }));
  }

  private get tableName(): string {
    return this.prefix + this.table.name;
  }
}
