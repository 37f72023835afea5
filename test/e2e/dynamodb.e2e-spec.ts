import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoDbClient } from '../../src/providers/item-store/dynamodb/dynamodb-client.js';
import { DynamoDbItemStore } from '../../src/providers/item-store/dynamodb/dynamodb.item-store.js';
import { createTable } from '../../src/providers/item-store/dynamodb/tables.js';
import { declaredTables } from '../../src/providers/item-store/item-tables.js';
import { analysisEnd, completedAnalysis, failedAnalysis } from '../support/analyses.js';
import { startApp, type TestApp } from '../support/app.js';
import { FakeDynamoDb } from '../support/aws/dynamodb/fake-dynamodb.js';
import { testCredentials, testRegion } from '../support/aws/fake-service.js';
import { converse, type Conversed } from '../support/conversing.js';
import { WatchedItemStore } from '../support/watched-item-store.js';

const prefix = 'tabletalk-test-';

describe('the service on DynamoDB', () => {
  let fake: FakeDynamoDb;
  let test: TestApp;
  const used = new Set<string>();
  let conversed: Conversed;

  beforeAll(async () => {
    fake = await FakeDynamoDb.start();
    const client = createDynamoDbClient(fake.clientConfig);
    for (const table of declaredTables()) await createTable(client, table, prefix);
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
      AWS_REGION: testRegion,
      AWS_ENDPOINT_URL_DYNAMODB: fake.endpoint,
    });
    test = await startApp({
      settings: { ITEM_STORE: 'dynamodb', DYNAMODB_TABLE_PREFIX: prefix },
      adapters: (adapters) => {
        expect(adapters.itemStore).toBeInstanceOf(DynamoDbItemStore);
        return { ...adapters, itemStore: new WatchedItemStore(adapters.itemStore, used) };
      },
    });
    conversed = await converse(test.owner, 'Is this kept in DynamoDB?');
  });

  afterAll(async () => {
    await test.close();
    await fake.close();
  });

  const shown = async (path: string) => (await test.owner.get(path).expect(200)).body;

  it('keeps conversations, feedback and prompt requests there', async () => {
    const { conversation_id, message_id, request_id, verified_id } = conversed;
    const conversations = await shown('/conversations');
    expect(conversations.items.map((each: Conversed) => each.conversation_id)).toContain(conversation_id);
    const messages = await shown(`/conversations/${conversation_id}/messages`);
    expect(messages.items.map((each: Conversed) => each.message_id)).toContain(message_id);
    const feedback = await shown('/feedback?rating=down');
    expect(feedback.items).toMatchObject([{ message_id, comment: 'Is this kept in DynamoDB?' }]);
    expect((await shown('/verified-questions')).items).toMatchObject([{ verified_id }]);
    expect(await shown(`/prompts/${request_id}`)).toMatchObject({ request_id });
    expect((await shown('/prompts')).items).toMatchObject([{ request_id }]);
  });

  it('keeps analyses of interviews there, with every step and event', async () => {
    const requestId = await completedAnalysis(test.owner);
    const failed = await failedAnalysis(test.owner);
    expect(await shown('/analysis/requests')).toMatchObject({ total: 2, requests: [{ request_id: failed }, {}] });
    expect((await shown('/analysis/requests?status=completed')).requests).toMatchObject([{ request_id: requestId }]);
    await test.owner.post(`/analysis/requests/${failed}/retry`, { method: 'extractive' }).expect(202);
    expect((await analysisEnd(test.owner, failed)).overall_status).toBe('completed');
    const { text } = await test.owner.get(`/analysis/requests/${failed}/events`).buffer(true).expect(200);
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    await test.owner.delete(`/analysis/requests/${failed}`).expect(204);
    expect((await shown('/analysis/requests')).total).toBe(1);
  });

  it('gives them back after a restart', async () => {
    test = await test.restart();
    const { items } = await shown(`/conversations/${conversed.conversation_id}/messages`);
    expect(items).toHaveLength(2);
    expect(items[1].feedback).toMatchObject({ rating: 'down' });
  });

  it('asks for nothing that is not documented, and never scans', () => {
    expect([...used].toSorted()).toEqual(
      expect.arrayContaining(['conversations query by_owner descending', 'runs transact put', 'prompt_requests put']),
    );
    const operations = new Set(fake.requests.map(({ operation }) => operation));
    expect(operations).not.toContain('Scan');
    expect(operations).toContain('TransactWriteItems');
    expect(fake.failed.get('Query') ?? 0).toBe(0);
  });
});
