import type { SourceScope } from '../../src/modules/documents/document-writer.js';
import { completedAnalysis } from './analyses.js';
import { appAt, type Client } from './app.js';
import { converse, type Conversed } from './conversing.js';
import { documentOf, indexed, putDocuments } from './documents.js';
import { memberPassword } from './other-workspace.js';
import { crawlEnd, publishCsv, uploadCsv } from './publishing.js';
import { synced } from './sources.js';

/** One of everything that a workspace can hold: ids and names, by the path parameter that takes them. */
export interface Furniture extends Conversed {
  readonly workspace_id: string;
  readonly upload_id: string;
  /** A data set with two versions, the second of which has a rejected row. */
  readonly dataset: string;
  /** The second one. */
  readonly version: string;
  readonly table: string;
  readonly crawl_id: string;
  readonly job_id: string;
  readonly query_id: string;
  readonly saved_query_id: string;
  readonly feed_id: string;
  readonly chatbot_id: string;
  readonly tool: string;
  /** Connected, but it cannot be read. */
  readonly source_id: string;
  readonly document_id: string;
  readonly token_id: string;
  /** The client's own. */
  readonly session_id: string;
  /** A member besides the client. */
  readonly user_id: string;
  /** One of the workspace's own. */
  readonly role_id: string;
  /** Of somebody who has not accepted it. */
  readonly invitation_id: string;
}

/** Gives each place its text, such as the file name or the cells; lower-case letters, digits and underscores only. */
export type TextOf = (place: string) => string;

/** Fills the client's default workspace with one of everything. */
export async function furnish(client: Client, workspaceId: string, textOf: TextOf): Promise<Furniture> {
  const furnished = await furnishWithoutChat(client, workspaceId, textOf);
  await completedAnalysis(client, textOf('analysis'));
  return { ...furnished, ...(await converse(client, textOf('question'))) };
}

/** The same without conversations and what people think of them. */
async function furnishWithoutChat(
  client: Client,
  workspaceId: string,
  textOf: TextOf,
): Promise<Omit<Furniture, keyof Conversed>> {
  const dataset = textOf('dataset');
  const column = textOf('column');
  const rows = (id: string | number) => `id,${column}\n${id},${textOf('cell')}\n${id},${textOf('other_cell')}\n`;
  await publishCsv(client, rows(1), { dataset });
  const appended = await appendWithReject(client, rows(1).replace('\n1,', `\n${textOf('rejected')},`), dataset);
  await client
    .patch(`/tables/${dataset}`, { description: textOf('description'), columns: { [column]: textOf('about_column') } })
    .expect(200);
  const upload_id = await uploadCsv(client, rows(2), `${textOf('file')}.csv`);
  const sql = `select id, ${column}, '${textOf('sql')}' as own from ${dataset} order by ${column}`;
  const query = await client.post('/queries', { sql, wait_ms: 30_000 }).expect(200);
  const saved = await client
    .post('/saved-queries', { name: textOf('saved_query'), description: textOf('about_query'), sql })
    .expect(201);
  const { saved_query_id } = saved.body as { saved_query_id: string };
  const feed = await client.post('/feeds', { name: textOf('feed'), saved_query_id }).expect(201);
  await client.get(`/feeds/${feed.body.feed_id}.csv`).expect(200);
  const source_id = await newSource(client, textOf('source'));
  const token = await client.post('/api-tokens', { name: textOf('token'), scopes: ['tables:read'] }).expect(201);
  return {
    workspace_id: workspaceId,
    upload_id,
    dataset,
    version: '2',
    table: dataset,
    crawl_id: appended.crawl_id,
    job_id: appended.job_id,
    query_id: query.body.query_id,
    saved_query_id,
    feed_id: feed.body.feed_id,
    chatbot_id: await newChatbot(client, textOf('chatbot')),
    tool: await newTool(client, textOf('tool')),
    source_id,
    document_id: await newDocument(client, { workspaceId, sourceId: source_id }, textOf),
    token_id: token.body.id,
    session_id: await currentSession(client),
    role_id: await createRole(client, textOf('role'), textOf('about_role')),
    invitation_id: (await invite(client, workspaceId, `${textOf('invited')}@example.com`)).invitation_id,
    user_id: await createUser(client, textOf('user'), textOf('full_name')),
  };
}

/** Appends rows of which one does not fit the data set's first column, a number. */
async function appendWithReject(client: Client, csv: string, dataset: string) {
  const uploadId = await uploadCsv(client, csv);
  const { columns } = (await client.get(`/uploads/${uploadId}/contract`).expect(200)).body as { columns: object[] };
  columns[0] = { source_name: 'id', name: 'id', type: 'bigint' };
  await client.put(`/uploads/${uploadId}/contract`, { columns }).expect(200);
  const answer = await client.post(`/uploads/${uploadId}/submit`, { dataset, mode: 'append' }).expect(202);
  const submitted = answer.body as { crawl_id: string; job_id: string };
  await crawlEnd(client, submitted.crawl_id);
  return submitted;
}

/** The session in which the client calls. */
export async function currentSession(client: Client): Promise<string> {
  const { items } = (await client.get('/users/me/sessions').expect(200)).body as {
    items: { session_id: string; current: boolean }[];
  };
  return items.find(({ current }) => current)!.session_id;
}

/** A new account in the client's workspace, as a viewer; returns its id. */
export async function createUser(client: Client, name: string, fullName: string): Promise<string> {
  const account = { email: `${name}@example.com`, full_name: fullName, password: memberPassword };
  return ((await client.post('/users', account).expect(201)).body as { id: string }).id;
}

/** A new role of the client's workspace, which allows to look at tables; returns its id. */
export async function createRole(client: Client, name: string, description = ''): Promise<string> {
  const role = { name, description, permissions: ['workspace:read', 'tables:read'] };
  return ((await client.post('/roles', role).expect(201)).body as { id: string }).id;
}

/** A new invitation with its secret. */
export async function invite(client: Client, workspaceId: string, email: string) {
  const path = `/workspaces/${workspaceId}/invitations`;
  const { body } = await client.post(path, { email, role: 'viewer' }).expect(201);
  return body as { invitation_id: string; token: string };
}

/** The ids and names that tell one workspace from another: all but the number of a version. */
export function tellingNames(furniture: Furniture): string[] {
  return Object.entries(furniture).flatMap(([place, name]) => (place === 'version' ? [] : (name as string)));
}

/** Returns its id. */
export async function newChatbot(client: Client, name: string): Promise<string> {
  const { body } = await client.post('/chatbots', { name, system_prompt: `${name} prompt` }).expect(201);
  return (body as { chatbot_id: string }).chatbot_id;
}

/** A tool that calls this machine, which it may not; returns its name. */
export async function newTool(client: Client, name: string): Promise<string> {
  const tool = { name, description: `${name} description`, input_schema: { type: 'object' }, method: 'GET' };
  await client.post('/tools', { ...tool, url: 'https://localhost/', secret: `${name}-secret` }).expect(201);
  return name;
}

/** A source at an address that this service does not call; returns its id once its first sync has failed. */
export async function newSource(client: Client, name: string, secret = `${name}-secret`): Promise<string> {
  const source = { kind: 'gitlab', name, config: { url: 'https://localhost' }, secret: { token: secret } };
  const { body } = await client.post('/sources', source).expect(201);
  const { source_id: sourceId } = body as { source_id: string };
  await synced(client, sourceId);
  return sourceId;
}

/** A document of the source, which can be found; returns its id. */
async function newDocument(client: Client, scope: SourceScope, textOf: TextOf): Promise<string> {
  const app = appAt(client.address);
  const document = documentOf(textOf('external_id'), `${textOf('document')} ${textOf('passage')}`, {
    title: textOf('title'),
    author: textOf('author'),
    container: textOf('container'),
    metadata: { label: textOf('label') },
  });
  await putDocuments(app, scope, [document]);
  await indexed(app, scope.workspaceId);
  const { items } = (await client.get(`/documents?source=${scope.sourceId}`).expect(200)).body as {
    items: { document_id: string }[];
  };
  return items[0]!.document_id;
}
