import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import type { DocumentKind, SourceDocument } from '../../providers/connectors/source-document.js';
import { PassageIndex } from '../../providers/passage-index/passage-index.js';
import { type DocumentCounts, type DocumentRecord, DocumentWriter, type SourceScope } from './document-writer.js';
import { type DocumentListing, type DocumentRow, DocumentsRepository } from './documents.repository.js';
import { documentRow } from './domain/document-row.js';
import { IndexDocumentsJob } from './index-documents.job.js';

/** Keeps documents in the relational database, and has those that read otherwise than before made findable. */
@Injectable()
export class StoredDocuments extends DocumentWriter {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly passages: PassageIndex,
    private readonly indexing: IndexDocumentsJob,
  ) {
    super();
  }

  async put(
    transaction: DatabaseTransaction,
    scope: SourceScope,
    generation: number,
    documents: readonly SourceDocument[],
  ): Promise<DocumentCounts> {
    if (documents.length === 0) return { created: 0, changed: 0, unchanged: 0 };
    const externalIds = documents.map(({ externalId }) => externalId);
    const before = await this.documents.known(transaction, scope, externalIds);
    const known = new Map(before.map((row) => [row.external_id, row]));
    const created: DocumentRow[] = [];
    const changed: DocumentRow[] = [];
    const unchanged: string[] = [];
    for (const document of documents) {
      const was = known.get(document.externalId);
      const row = documentRow(scope, was?.document_id ?? newId('doc'), generation, document);
      if (!was) created.push(row);
      else if (was.content_hash === row.content_hash) unchanged.push(was.document_id);
      else changed.push(was.search_hash === row.search_hash ? { ...row, indexed_as: was.indexed_as } : row);
    }
    await this.documents.insert(transaction, created);
    for (const row of changed) await this.documents.replace(transaction, row);
    await this.documents.stamp(transaction, scope, unchanged, generation);
    const isBehind = [...created, ...changed].some(({ indexed_as }) => indexed_as === '');
    if (isBehind) await this.indexing.enqueue(scope.workspaceId, transaction);
    return { created: created.length, changed: changed.length, unchanged: unchanged.length };
  }

  async remove(transaction: DatabaseTransaction, scope: SourceScope, externalIds: readonly string[]): Promise<number> {
    const removed = await this.documents.delete(transaction, scope, externalIds);
    if (removed > 0) await this.passages.removed(transaction, scope.workspaceId);
    return removed;
  }

  async removeOlder(
    transaction: DatabaseTransaction,
    scope: SourceScope,
    generation: number,
    limit: number,
  ): Promise<number> {
    return this.remove(transaction, scope, await this.documents.olderThan(transaction, scope, generation, limit));
  }

  async list(
    scope: SourceScope,
    page: { readonly kinds: readonly DocumentKind[]; readonly after?: string; readonly limit: number },
  ): Promise<readonly DocumentRecord[]> {
    return (await this.documents.list(scope, page)).map(recordOf);
  }

  count(scope: SourceScope): Promise<number> {
    return this.documents.count(scope);
  }
}

function recordOf(row: DocumentListing): DocumentRecord {
  const { external_id: externalId, kind, url, container, created_at: createdAt, updated_at: updatedAt } = row;
  return {
    externalId,
    kind,
    ...(row.title !== null && { title: row.title }),
    ...(row.author !== null && { author: row.author }),
    url,
    container,
    createdAt,
    updatedAt,
    metadata: JSON.parse(row.metadata) as Readonly<Record<string, unknown>>,
  };
}
