import type { Source, SourceSync } from '../../src/modules/ingestion/source.dto.js';
import type { Client, TestApp } from './app.js';
import type { FakeBacklog } from './platforms/fake-backlog.js';
import type { FakeGitLab } from './platforms/fake-gitlab.js';
import type { FakeSlack } from './platforms/fake-slack.js';
import { until } from './until.js';

/** Settings with which a service may reach platforms on this machine. */
export function platformSettings({ slack }: { slack?: FakeSlack } = {}): Record<string, string> {
  return {
    SOURCES_ALLOW_HTTP: 'true',
    SOURCES_ALLOWED_HOSTS: '127.0.0.1',
    ...(slack && { SLACK_API_URL: slack.apiUrl }),
  };
}

interface Connecting {
  readonly name: string;
  readonly token?: string;
  readonly webhook_secret?: string;
  readonly [member: string]: unknown;
}

/** A source, shown right after it was connected: its first sync waits or runs. */
export type Connected = Source & { readonly last_sync: SourceSync; readonly next_sync_at: string };

export function connectGitLab(client: Client, gitlab: FakeGitLab, source: Connecting): Promise<Connected> {
  const config = { url: gitlab.address, projects: ['acme/shop', 'acme/warehouse'] };
  return connect(client, { kind: 'gitlab', config, tables: false, ...source }, gitlab.token);
}

export function connectSlack(client: Client, slack: FakeSlack, source: Connecting): Promise<Connected> {
  return connect(client, { kind: 'slack', config: {}, ...source }, slack.token);
}

export function connectBacklog(client: Client, backlog: FakeBacklog, source: Connecting): Promise<Connected> {
  return connect(
    client,
    { kind: 'backlog', config: { url: backlog.address }, tables: false, ...source },
    backlog.apiKey,
  );
}

async function connect(
  client: Client,
  { token, webhook_secret, ...source }: Partial<Connecting>,
  right: string,
): Promise<Connected> {
  const secret = { token: token ?? right, ...(webhook_secret !== undefined && { webhook_secret }) };
  return (await client.post('/sources', { ...source, secret }).expect(201)).body as Connected;
}

/** The run, or the latest one, once it has ended. */
export function synced(client: Client, sourceId: string, jobId?: string): Promise<SourceSync> {
  return until(async () => {
    const { items } = (await client.get(`/sources/${sourceId}/jobs`).expect(200)).body as { items: SourceSync[] };
    const sync = jobId === undefined ? items[0] : items.find(({ job_id: id }) => id === jobId);
    return sync !== undefined && sync.finished_at !== null && sync;
  });
}

/** What the service holds of a source, whoever may see it. */
export function storedDocuments({ app }: TestApp, sourceId: string): Promise<StoredDocument[]> {
  return app.adapters.database
    .tables<{ documents: StoredDocument & { source_id: string } }>()
    .selectFrom('documents')
    .select(['external_id', 'kind', 'title', 'author'])
    .where('source_id', '=', sourceId)
    .orderBy('external_id')
    .execute();
}

export interface StoredDocument {
  readonly external_id: string;
  readonly kind: string;
  readonly title: string | null;
  readonly author: string | null;
}
