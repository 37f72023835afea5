import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import { AccessTrial } from '../../src/providers/item-store/dynamodb/access-trial.js';
import { createDynamoDbClient } from '../../src/providers/item-store/dynamodb/dynamodb-client.js';
import { createTable } from '../../src/providers/item-store/dynamodb/tables.js';
import type { DeclaredTable } from '../../src/providers/item-store/item-tables.js';
import { FakeDynamoDb } from '../support/aws/dynamodb/fake-dynamodb.js';
import { testCredentials, testRegion } from '../support/aws/fake-service.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

describe('the tools for DynamoDB', () => {
  let fake: FakeDynamoDb;
  beforeAll(async () => {
    fake = await FakeDynamoDb.start();
  });
  afterAll(() => fake.close());

  const tool = (command: string, settings: Record<string, string> = {}) => {
    const environment = {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL_DYNAMODB: fake.endpoint,
      AWS_REGION: testRegion,
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
      DYNAMODB_TABLE_PREFIX: 'tools-',
      ...settings,
    };
    return run(process.execPath, [join(root, 'scripts/lib/dynamodb.mjs'), command], { env: environment });
  };

  it('make every table, and execute every documented access pattern', async () => {
    const tables = Object.keys(
      JSON.parse(readFileSync(join(root, 'terraform/dynamodb-tables.json'), 'utf8')) as Record<string, object>,
    );
    const documented = readFileSync(join(root, 'docs/dynamodb.md'), 'utf8').match(/^\| \w+.*`.*\|$/gm)!;

    const created = await tool('create-tables');
    expect(created.stdout.trim().split('\n')).toEqual(tables.map((name) => `tools-${name}: created`));

    const { stdout } = await tool('access-patterns');
    const lines = stdout.trim().split('\n');
    // And two for administrators for each table.
    expect(lines.filter((line) => line.startsWith('ok '))).toHaveLength(documented.length + 2 * tables.length);
    expect(lines.at(-1)).toMatch(/^access patterns: \d+ work, 0 do not$/);
    for (const line of documented) {
      const [, operation, index, condition] = line.split('|').map((part) => part.trim());
      const key = /`(.*)`/.exec(condition!)![1]!;
      const found = lines.some((each) => [operation!, index!, key].every((part) => each.includes(part)));
      expect(found ? '' : line).toBe('');
    }
  });

  it('say what does not work', async () => {
    const client = createDynamoDbClient(fake.clientConfig);
    const table: DeclaredTable = { name: 'x', partitionKey: 'id', accesses: [{ does: 'get', for: 'a test' }] };
    const missing = new AccessTrial(client, 'missing-', table, new SystemClock());
    const fault = 'missing-x is not there: "npm run dynamodb:create-tables" makes it';
    for await (const tried of missing.run()) expect(tried).toMatchObject({ items: 0, fault });
    expect(await createTable(client, table, 'there-')).toBe('created');
    expect(await createTable(client, table, 'there-')).toBe('there already');
    fake.failNext({
      operation: 'GetItem',
      error: { name: 'AccessDeniedException', status: 400, message: 'No right.' },
    });
    const { value } = await new AccessTrial(client, 'there-', table, new SystemClock()).run().next();
    expect(value).toMatchObject({ operation: 'GetItem', keyCondition: 'id = …', items: 0, fault: 'No right.' });
  });

  it('touch nothing without an endpoint', async () => {
    const stderr = expect.stringContaining('Set AWS_ENDPOINT_URL_DYNAMODB');
    await expect(tool('create-tables', { AWS_ENDPOINT_URL_DYNAMODB: '' })).rejects.toMatchObject({ code: 1, stderr });
  });
});
