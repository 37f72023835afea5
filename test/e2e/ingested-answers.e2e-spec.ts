import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Provenance } from '../../src/modules/answers/domain/provenance.js';
import type { Document } from '../../src/modules/search/document.dto.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { answerOf, ChatClient, type Frame } from '../support/chat-client.js';
import { indexed } from '../support/documents.js';
import { FakeGitLab } from '../support/platforms/fake-gitlab.js';
import { FakeSlack } from '../support/platforms/fake-slack.js';
import { connectGitLab, connectSlack, platformSettings, synced } from '../support/sources.js';
import { until } from '../support/until.js';

interface Said {
  readonly content: string;
  readonly documents: NonNullable<Provenance['documents']>;
  readonly queries: Provenance['queries'];
  readonly followUps: readonly string[];
}

describe('answers from what sources have brought', () => {
  const gitlab = new FakeGitLab({ issues: 20 });
  const slack = new FakeSlack({ messages: 40 });
  const clients: ChatClient[] = [];
  let test: TestApp;

  beforeAll(async () => {
    gitlab.add('acme/shop', 'issues', { title: 'Octopus export stands still', description: 'It began in May.' });
    slack.post('finance', 'A refund takes fourteen days, because the bank in Lisbon is slow.', { user: 'U02' });
    slack.post('incidents', 'The octopus export stands still, I restarted it twice.', { user: 'U02' });
    slack.post('finance', 'Whatever was closed in 2019 is in the archive of closed issues.', { user: 'U01' });
    await Promise.all([gitlab.start(), slack.start()]);
    test = await startApp({ settings: platformSettings({ slack }) });
    const { owner } = test;
    const issues = await connectGitLab(owner, gitlab, { name: 'Shop', tables: true });
    const messages = await connectSlack(owner, slack, { name: 'Acme Slack' });
    for (const { source_id: id } of [issues, messages]) await synced(owner, id);
    await until(async () => ((await owner.get('/tables').expect(200)).body as { items: unknown[] }).items.length > 0);
    await indexed(test.app, test.workspaceId);
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(async () => {
    await test.close();
    await Promise.all([gitlab.close(), slack.close()]);
  });

  const frames = async (question: string, by: Client = test.owner): Promise<readonly Frame[]> => {
    const client = await ChatClient.open(test.address, by.token);
    clients.push(client);
    return client.turn(question);
  };
  const ask = async (question: string): Promise<Said> => {
    const answer = answerOf(await frames(question));
    const { documents = [], queries } = answer.provenance as Provenance;
    return { content: answer.content as string, documents, queries, followUps: (answer.follow_ups ?? []) as string[] };
  };

  it('quotes documents before tables that have nothing, and says what the tables say', async () => {
    const { content, documents, queries } = await ask('Are there issues closed in 2019?');
    expect(content).toMatch(/^This is what documents say:\n\n- “Whatever was closed in 2019 .*\[1\] Ada Lovelace/);
    expect(content).toMatch(/\n\nThis is what the tables say:\n\nNo, there are no /);
    expect(documents).toMatchObject([{ number: 1, cited: true, source: 'Acme Slack', container: '#finance' }]);
    expect(queries).toHaveLength(1);
  });

  it('says both where both have something, the tables first', async () => {
    const { content, documents, queries } = await ask('Who wrote about the octopus export standing still?');
    expect(content.indexOf('This is what documents say:')).toBeGreaterThan(0);
    expect(content).not.toContain('This is what the tables say:');
    expect(documents.map(({ author }) => author)).toContain('Grace Hopper');
    expect(queries[0]?.row_count).toBe(1);
  });

  it('quotes documents where it is unclear what tables are asked, and offers to ask them', async () => {
    const { content, documents, queries, followUps } = await ask('Who restarted the octopus export twice?');
    expect(content).toContain('The octopus export stands still, I restarted it twice.');
    expect(documents[0]).toMatchObject({ author: 'Grace Hopper', container: '#incidents' });
    expect(queries).toEqual([]);
    for (const next of followUps) expect((await ask(next)).queries).toHaveLength(1);
  });

  it('quotes documents where no table is asked', async () => {
    const { content, documents } = await ask('Why does a refund take so long?');
    expect(content).toMatch(/^I know no table that answers this\. This is what documents say:/);
    expect(documents).toMatchObject([{ author: 'Grace Hopper', source: 'Acme Slack' }]);
  });

  it('leaves tables alone where documents say nothing of it', async () => {
    const { content, documents, queries } = await ask('How many issues are there by state?');
    expect(content).not.toContain('documents say');
    expect({ documents, queries: queries.length }).toEqual({ documents: [], queries: 1 });
  });

  it('tells where in its document a quote stands', async () => {
    const { documents } = await ask('Why does a refund take so long?');
    const { document_id: id, quote, start, end } = documents[0]!;
    const { text } = (await test.owner.get(`/documents/${id}`).expect(200)).body as Document;
    expect(text.slice(start, end)).toBe(quote);
  });
});
