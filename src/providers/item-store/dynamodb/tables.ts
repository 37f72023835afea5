import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type KeySchemaElement,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { StartupError } from '../../../platform/errors/startup-error.js';
import type { ItemTable } from '../item-store.js';
import { schemaOf, type TableSchema } from '../table-schema.js';

const createdWithinSeconds = 120;

/** Makes a table that is not there yet, and lets its items expire. For development: production has Terraform. */
export async function createTable(
  client: DynamoDBDocumentClient,
  table: ItemTable<never>,
  prefix: string,
): Promise<'created' | 'there already'> {
  const TableName = prefix + table.name;
  const created = await create(client, TableName, schemaOf(table));
  await waitUntilTableExists({ client, maxWaitTime: createdWithinSeconds, minDelay: 0.02, maxDelay: 2 }, { TableName });
  await letExpire(client, TableName, table.expiresAt);
  return created ? 'created' : 'there already';
}

/** Rejects with `StartupError` that names every table that is not there or has other keys or indexes than declared. */
export async function assertTables(
  client: DynamoDBDocumentClient,
  tables: readonly ItemTable<never>[],
  prefix: string,
): Promise<void> {
  const faults = (await Promise.all(tables.map((table) => faultOf(client, table, prefix)))).filter(
    (fault) => fault !== undefined,
  );
  if (faults.length === 0) return;
  throw new StartupError(
    `ITEM_STORE=dynamodb cannot be used: ${faults.join('; ')}. Apply Terraform, or run npm run dynamodb:create-tables for development.`,
  );
}

async function faultOf(
  client: DynamoDBDocumentClient,
  table: ItemTable<never>,
  prefix: string,
): Promise<string | undefined> {
  const TableName = prefix + table.name;
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    return differenceFrom(schemaOf(table), Table!, TableName);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return `there is no table ${TableName}`;
    const { message, cause } = error as Error;
    return `${TableName}: ${(cause as Error | undefined)?.message ?? message}`;
  }
}

function differenceFrom(schema: TableSchema, found: TableDescription, name: string): string | undefined {
  if (keyText(found.KeySchema) !== keyText(keysOf(schema))) return `${name} has another key`;
  const indexes = new Map(
    (found.GlobalSecondaryIndexes ?? []).map((each) => [each.IndexName, keyText(each.KeySchema)]),
  );
  const missing = Object.entries(schema.indexes).find(([index, keys]) => indexes.get(index) !== keyText(keysOf(keys)));
  return missing && `${name} has no index ${missing[0]}, or another one`;
}

async function create(
  client: DynamoDBDocumentClient,
  TableName: string,
  { attributes, indexes, ...keys }: TableSchema,
): Promise<boolean> {
  const secondary = Object.entries(indexes).map(([IndexName, index]) => {
    return { IndexName, KeySchema: keysOf(index), Projection: { ProjectionType: 'ALL' as const } };
  });
  const definition = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: Object.entries(attributes).map(([AttributeName, type]) => {
      return { AttributeName, AttributeType: type };
    }),
    KeySchema: keysOf(keys),
    ...(secondary.length > 0 && { GlobalSecondaryIndexes: secondary }),
  };
  try {
    await client.send(new CreateTableCommand(definition));
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}

async function letExpire(client: DynamoDBDocumentClient, TableName: string, attribute: string | undefined) {
  if (attribute === undefined) return;
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  if (TimeToLiveDescription?.AttributeName === attribute) return;
  const TimeToLiveSpecification = { Enabled: true, AttributeName: attribute };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

function keysOf({ partition_key, sort_key }: Pick<TableSchema, 'partition_key' | 'sort_key'>): KeySchemaElement[] {
  const partition: KeySchemaElement = { AttributeName: partition_key, KeyType: 'HASH' };
  return sort_key === null ? [partition] : [partition, { AttributeName: sort_key, KeyType: 'RANGE' }];
}

function keyText(keys: readonly KeySchemaElement[] | undefined): string {
  return (keys ?? []).map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join(', ');
}
