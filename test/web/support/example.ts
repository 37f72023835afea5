import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analysisEnd, completedAnalysis } from '../../support/analyses.js';
import type { Client } from '../../support/app.js';
import { createRole, createUser, invite, newTool } from '../../support/furnished.js';
import type { FakeGitLab } from '../../support/platforms/fake-gitlab.js';
import { crawlEnd, exampleFile, publishCsv, uploadCsv } from '../../support/publishing.js';
import { connectGitLab, synced } from '../../support/sources.js';

/** Addresses of pages that show one thing among many, by the page's path. */
export type Addresses = Readonly<Record<string, string>>;

/**
 * Fills the client's default workspace with what a small team might have after a week: real files as tables, one file
 * that waits for a decision, one with rows that were refused, questions and answers, some people, and documents.
 */
export async function furnishExample(client: Client, workspaceId: string, gitlab: FakeGitLab): Promise<Addresses> {
  await publishCsv(client, exampleFile('seattle-weather.csv'), { dataset: 'weather' });
  await publishCsv(client, wildlifeStrikes(), { dataset: 'wildlife_strikes' });
  const crawlId = await publishStocks(client);
  const uploadId = await uploadCsv(client, exampleFile('gapminder-health-income.csv'), 'health-and-income.csv');
  const query = await keepQueries(client);
  const conversationId = await converse(client);
  const invitation = await addPeople(client, workspaceId);
  await newTool(client, 'exchange_rates');
  const analysisId = await analyse(client);
  const otherId = await completedAnalysis(client, 'Forms without an answer');
  const { sourceId, documentId } = await readGitLab(client, gitlab);
  return {
    '/sources/new/': '/sources/new/?kind=gitlab',
    '/sources/view/': `/sources/view/?id=${sourceId}`,
    '/documents/': '/documents/?q=warehouse',
    '/documents/view/': `/documents/view/?id=${documentId}&quote=0-40`,
    '/files/upload/': `/files/upload/?id=${uploadId}`,
    '/files/dataset/': '/files/dataset/?name=stocks',
    '/files/crawl/': `/files/crawl/?id=${crawlId}`,
    '/tables/view/': '/tables/view/?name=weather',
    '/sql/': `/sql/?query=${query}`,
    '/chat/': `/chat/?id=${conversationId}`,
    '/analysis/view/': `/analysis/view/?id=${analysisId}&item=d1`,
    '/analysis/compare/': `/analysis/compare/?first=${analysisId}&second=${otherId}`,
    '/invitation/': `/invitation/#token=${invitation}`,
  };
}

function wildlifeStrikes(): Buffer {
  return readFileSync(join(process.cwd(), 'demo/wildlife-strikes.csv'));
}

/** Two versions, of which the second has a refused row. Returns the crawl of the second one. */
async function publishStocks(client: Client): Promise<string> {
  const dataset = 'stocks';
  await publishCsv(client, exampleFile('stocks.csv'), { dataset });
  const more = 'symbol,date,price\nMSFT,Apr 1 2010,29.16\nMSFT,May 1 2010,closed\nAMZN,Apr 1 2010,137.10\n';
  const uploadId = await uploadCsv(client, more, 'stocks-april.csv');
  const { columns } = (await client.get(`/uploads/${uploadId}/contract`).expect(200)).body as { columns: object[] };
  columns[2] = { source_name: 'price', name: 'price', type: 'double' };
  await client.put(`/uploads/${uploadId}/contract`, { columns }).expect(200);
  const submitted = await client.post(`/uploads/${uploadId}/submit`, { dataset, mode: 'append' }).expect(202);
  const { crawl_id } = submitted.body as { crawl_id: string };
  await crawlEnd(client, crawl_id);
  return crawl_id;
}

/** Returns the id of one that has an answer to look at. */
async function keepQueries(client: Client): Promise<string> {
  const sql = `SELECT weather, count(*) AS days, avg(temp_max) AS warmest, sum(precipitation) AS rain
FROM weather
GROUP BY weather
ORDER BY days DESC`;
  const query = await client.post('/queries', { sql, wait_ms: 30_000 }).expect(200);
  const saved = await client
    .post('/saved-queries', { name: 'Days by weather', description: 'How often it rains in Seattle.', sql })
    .expect(201);
  const { saved_query_id } = saved.body as { saved_query_id: string };
  await client.post('/feeds', { name: 'Weather for the dashboard', saved_query_id }).expect(201);
  await client.post('/api-tokens', { name: 'Nightly export', scopes: ['tables:read', 'queries:read'] }).expect(201);
  await client.post('/queries', { sql: 'SELECT wether FROM weather', wait_ms: 30_000 });
  return (query.body as { query_id: string }).query_id;
}

/** Returns the conversation's id. */
async function converse(client: Client): Promise<string> {
  const begun = await client.post('/conversations', {}).expect(201);
  const { conversation_id } = begun.body as { conversation_id: string };
  const ask = (content: string) =>
    client.post(`/conversations/${conversation_id}/messages`, { content, wait_ms: 60_000 }).expect(200);
  await ask('How many days were there for each weather?');
  const { body } = await ask('What is the average temp_max by weather?');
  const { message_id } = (body as { message: { message_id: string } }).message;
  await client.post(`/messages/${message_id}/feedback`, { rating: 'up', comment: 'Just what I needed.' }).expect(201);
  return conversation_id;
}

/** Returns the token of an invitation that nobody has accepted yet. */
async function addPeople(client: Client, workspaceId: string): Promise<string> {
  await createUser(client, 'grace.hopper', 'Grace Hopper');
  await createUser(client, 'alan.turing', 'Alan Turing');
  await createRole(client, 'Auditor', 'Looks at tables, changes nothing.');
  const chatbot = { name: 'Weather desk', system_prompt: 'Answer questions about the weather in Seattle.' };
  await client.post('/chatbots', chatbot).expect(201);
  return (await invite(client, workspaceId, 'katherine.johnson@example.com')).token;
}

/** Two interviews of one study; returns the id of what was found in them. */
async function analyse(client: Client): Promise<string> {
  const call = client.post('/analysis/requests').field('title', 'Money and work, as two men remember them');
  for (const name of ['fountain-hughes-1949.txt', 'bob-ledbetter-1940.vtt']) void call.attach('file', sampleFile(name));
  const { request_id } = (await call.expect(202)).body as { request_id: string };
  await analysisEnd(client, request_id);
  return request_id;
}

/** A file that comes with the page. */
function sampleFile(name: string): string {
  return join(process.cwd(), 'web/public/samples', name);
}

/** A source that was read, and one that refuses its token. Returns the first one and the latest document. */
async function readGitLab(client: Client, gitlab: FakeGitLab): Promise<{ sourceId: string; documentId: string }> {
  const schedule = '*/30 * * * *';
  const { source_id: sourceId } = await connectGitLab(client, gitlab, { name: 'Shop on GitLab', schedule });
  const refused = await connectGitLab(client, gitlab, { name: 'Archive', token: 'revoked' });
  await Promise.all([synced(client, sourceId), synced(client, refused.source_id)]);
  const { body } = await client.get('/documents?limit=1').expect(200);
  const { items } = body as { items: { document_id: string }[] };
  return { sourceId, documentId: items[0]!.document_id };
}
