import { DocumentsRepository } from '../../src/modules/documents/documents.repository.js';
import { DocumentWriter } from '../../src/modules/documents/document-writer.js';
import { type SourceRow, SourcesRepository } from '../../src/modules/sources/sources.repository.js';
import type { SourceDocument } from '../../src/providers/connectors/source-document.js';
import { newId } from '../../src/platform/ids.js';
import type { App } from '../../src/app.js';
import { until } from './until.js';

const at = '2026-05-01T08:00:00.000Z';

/** A source that is never synced; its documents are put in by the test. Returns its id. */
export async function addSource(app: App, workspaceId: string, changes: Partial<SourceRow> = {}): Promise<string> {
  const row: SourceRow = {
    workspace_id: workspaceId,
    source_id: newId('src'),
    kind: 'slack',
    name: 'Support channels',
    config: '{}',
    sealed_secret: '',
    has_webhook_secret: 0,
    schedule: null,
    paused: 1,
    visibility: 'workspace',
    member_ids: '[]',
    position: null,
    pending_mode: null,
    sync: null,
    tables: 0,
    generation: 1,
    touched: 0,
    exported: null,
    version: 1,
    created_by: 'usr_nobody',
    created_at: at,
    updated_at: at,
    last_synced_at: null,
    last_full_sync_at: null,
    deleted_at: null,
    ...changes,
  };
  await app.adapters.database.transaction((transaction) => app.nest.get(SourcesRepository).insert(transaction, row));
  return row.source_id;
}

/** A message of Ada's, unless told otherwise. */
export function documentOf(externalId: string, text: string, changes: Partial<SourceDocument> = {}): SourceDocument {
  return {
    externalId,
    kind: 'message',
    text,
    author: 'Ada Lovelace',
    url: `https://example.slack.com/archives/C1/${externalId}`,
    createdAt: at,
    updatedAt: at,
    container: '#support',
    metadata: {},
    ...changes,
  };
}

/** Stores documents as a sync does. */
export async function putDocuments(
  app: App,
  scope: { readonly workspaceId: string; readonly sourceId: string },
  documents: readonly SourceDocument[],
) {
  const writer = app.nest.get(DocumentWriter);
  return app.adapters.database.transaction((transaction) => writer.put(transaction, scope, 1, documents));
}

/** Resolves once everything of the workspace can be found. */
export async function indexed(app: App, workspaceId: string): Promise<void> {
  const documents = app.nest.get(DocumentsRepository);
  await until(() => documents.isIndexed(workspaceId, app.adapters.embedder.space));
}
