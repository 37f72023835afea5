import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { asyncApiDocument } from '../../src/modules/chat/socket/async-api.js';
import { AnalysisRepository } from '../../src/modules/analysis-tracking/analysis.repository.js';
import { sendInterview, shortInterview } from '../support/analyses.js';
import { startApp, type TestApp } from '../support/app.js';
import { ChatClient } from '../support/chat-client.js';
import { frameFaults, resolve } from '../support/matches-schema.js';
import { answerWith, askingBack } from '../support/scripted-executor.js';
import { SteerableAnalyst } from '../support/steerable-analyst.js';

interface Reference {
  readonly $ref: string;
}
interface Message {
  readonly name: string;
  readonly summary: string;
  readonly payload: { readonly properties: Readonly<Record<string, object>> };
}
interface Document {
  readonly asyncapi: string;
  readonly channels: Readonly<
    Record<string, { readonly address: string; readonly messages: Record<string, Reference> }>
  >;
  readonly operations: Readonly<
    Record<string, { readonly action: string; readonly channel: Reference; readonly messages: readonly Reference[] }>
  >;
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
  readonly [member: string]: unknown;
}

describe('the AsyncAPI document', () => {
  let test: TestApp;
  let document: Document;
  let analyst: SteerableAnalyst;

  beforeAll(async () => {
    test = await startApp({
      adapters: (adapters) => ({
        ...adapters,
        textAnalyst: (analyst = new SteerableAnalyst(adapters.textAnalyst)),
      }),
    });
    document = (await request(test.address).get('/docs/asyncapi.json').expect(200)).body as Document;
  });
  afterAll(async () => {
    ChatClient.closeAll();
    await test.close();
  });

  it('is what the code says, and Swagger leads to it', async () => {
    expect(document).toEqual(JSON.parse(JSON.stringify(asyncApiDocument(test.app.nest))));
    const swagger = (await request(test.address).get('/docs-json').expect(200)).body as {
      info: { description: string };
    };
    expect(swagger.info.description).toContain('/docs/asyncapi.json');
  });

  it('is built as AsyncAPI 3 says', () => {
    expect(document.asyncapi).toMatch(/^3\.0\./);
    const known = new Set([
      'asyncapi',
      'id',
      'info',
      'servers',
      'defaultContentType',
      'channels',
      'operations',
      'components',
    ]);
    expect(Object.keys(document).filter((name) => !known.has(name))).toEqual([]);
    expect(document.info).toEqual(expect.objectContaining({ title: expect.any(String), version: expect.any(String) }));
    for (const server of Object.values(document.servers as object))
      expect(server).toEqual(expect.objectContaining({ host: expect.any(String), protocol: expect.any(String) }));
    for (const { address, messages } of Object.values(document.channels)) {
      expect(address).toBe('/ws');
      for (const { $ref } of Object.values(messages)) expect(resolve(document, $ref)).toHaveProperty('payload');
    }
    for (const { action, channel, messages } of Object.values(document.operations)) {
      expect(['send', 'receive']).toContain(action);
      resolve(document, channel.$ref);
      // An operation's messages are those of its channel, not of the components.
      for (const { $ref } of messages) {
        expect($ref.startsWith(`${channel.$ref}/messages/`)).toBe(true);
        resolve(document, $ref);
      }
    }
    const inOperations = Object.values(document.operations).flatMap(({ messages }) => messages.map(({ $ref }) => $ref));
    expect(inOperations).toHaveLength(Object.keys(document.components.messages).length);
    for (const { name, summary, payload } of Object.values(document.components.messages)) {
      expect(summary).toMatch(/\.$/);
      expect(JSON.stringify(payload.properties.type)).toContain(`"${name}"`);
    }
  });

  it('describes every frame of a conversation with everything in it', async () => {
    answerWith(test, async (_, { run, emit }, resumed) => {
      if (!resumed) {
        await emit({ type: 'step.started', name: 'plan' });
        await emit({ type: 'text.delta', text: 'Let me see.' });
        await emit({ type: 'step.finished', name: 'plan' });
        return askingBack('Which year?', ['2023', '2024']);
      }
      await emit({ type: 'tool.started', name: 'search', input: { text: 'x' } });
      await emit({ type: 'tool.finished', name: 'search', output: ['y'] });
      await emit({ type: 'query.planned', sql: 'select 1' });
      await emit({ type: 'query.estimated', sql: 'select 1', bytes_scanned: 1, cost_usd: 0 });
      await emit({ type: 'query.started', query_id: 'qry_1', sql: 'select 1' });
      await emit({ type: 'query.finished', query_id: 'qry_1', sql: 'select 1', row_count: null });
      await emit({ type: 'chart', spec: { kind: 'bar' } });
      await emit({ type: 'check', name: 'rows', ok: true, detail: 'One row.' });
      await emit({ type: 'usage', input_tokens: 1, output_tokens: 2, cost_usd: null });
      const more = { provenance: {}, chart: {}, query_id: 'qry_1', follow_ups: ['And then?'] };
      return {
        kind: 'answered',
        message: { content: 'One.', message_id: run.message_id, status: 'completed', ...more },
      };
    });
    const client = await ChatClient.open(test.address);
    await client.ask({ type: 'hello', token: test.owner.token });
    client.send({ type: 'ping', id: 'p' });
    const question = { type: 'chat', id: 'q', content: 'How many?' };
    const { run_id } = await client.ask(question);
    const { interrupt_id } = await client.frame(({ type }) => type === 'interrupt');
    await client.ask({ type: 'respond', interrupt_id, value: '2024' });
    await client.run(run_id);
    await client.ask({ type: 'subscribe', run_id, after: 3 });
    await client.ask({ type: 'cancel', run_id: 'run_none' });
    client.send(question);
    await client.frame(({ duplicate }) => duplicate === true);
    answerWith(test, () => Promise.reject(new Error('A fault of the test.')));
    await client.run((await client.ask({ type: 'chat', content: 'And now?' })).run_id);
    await followAnalyses(client);
    const closing = test.close();
    await client.closed;
    await closing;

    const frames = [...client.sent, ...client.received];
    expect(frames.flatMap((frame) => frameFaults(document, frame))).toEqual([]);
    const seen = new Set(frames.map(({ type }) => type));
    expect(Object.keys(document.components.messages).filter((type) => !seen.has(type))).toEqual([]);
  });

  /** One that stumbles, gets stuck and goes on, and one that fails. */
  const followAnalyses = async (client: ChatClient) => {
    const analyses = test.app.nest.get(AnalysisRepository);
    let stumbled = 0;
    analyst.before = async (work) => {
      if (work !== 'relate') return;
      if ((stumbled += 1) === 1) throw new Error('A fault of the test.');
      const item = (await analyses.find(test.workspaceId, good))!;
      await analyses.noteStuck(item, 'relating', { type: 'analysis.step.stuck', step: 'relating', message: 'Waits' });
    };
    const good = await sendInterview(test.owner, shortInterview, { method: 'extractive' });
    const bad = await sendInterview(test.owner, shortInterview, { method: 'model' });
    for (const request_id of [good, bad]) {
      expect(await client.ask({ type: 'follow_analysis', request_id })).toMatchObject({ type: 'ack', request_id });
      await client.frame((frame) => frame.request_id === request_id && frame.type === 'analysis.finished');
    }
    const missing = await client.ask({ type: 'follow_analysis', request_id: 'ana_none', after: 7 });
    expect(missing).toMatchObject({ type: 'error', problem: { type: '/problems/analysis-not-found' } });
    const seqs = client.received.flatMap(({ request_id, seq }) => (request_id === good && seq ? [seq] : []));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  };
});
