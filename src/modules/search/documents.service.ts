import { Injectable } from '@nestjs/common';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import { foldText } from '../../platform/text/fold-text.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { type DocumentRow, DocumentsRepository } from '../documents/documents.repository.js';
import { DocumentSearch } from './document-search.js';
import { Document, DocumentPage, ListDocuments } from './document.dto.js';
import { listedDocument, wholeDocument } from './domain/search-hit.js';
import { DocumentNotFound } from './errors.js';

type Position = Pick<DocumentRow, 'updated_at' | 'document_id'>;

/** Documents for whoever may read their sources; what others may read is as if it were not there. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly search: DocumentSearch,
    private readonly documents: DocumentsRepository,
    private readonly cursors: CursorCodec,
    private readonly audit: AuditLog,
  ) {}

  async list(caller: Caller, { limit, cursor, ...filters }: ListDocuments): Promise<DocumentPage> {
    const { workspaceId } = caller;
    const sources = await this.search.sources(caller, filters.source);
    const scope = `documents/${JSON.stringify([workspaceId, filters])}`;
    const rows = await this.documents.browse({
      workspaceId,
      sourceIds: sources.map(({ sourceId }) => sourceId),
      kind: filters.kind,
      authorKey: filters.author === undefined ? undefined : foldText(filters.author),
      from: filters.from && new Date(filters.from).toISOString(),
      to: filters.to && new Date(filters.to).toISOString(),
      limit: limit + 1,
      after: cursor === undefined ? undefined : this.cursors.decode<Position>(scope, cursor),
    });
    const sourceOf = new Map(sources.map((source) => [source.sourceId, source]));
    const { source, kind } = filters;
    this.audit.note({ ...caller, action: 'documents.read', outcome: 'allowed', detail: { source, kind } });
    return pageOf(
      rows,
      limit,
      (row) => listedDocument(row, sourceOf.get(row.source_id)!),
      ({ updated_at, document_id }) => this.cursors.encode(scope, { updated_at, document_id } satisfies Position),
    );
  }

  async get(caller: Caller, documentId: string): Promise<Document> {
    const sources = await this.search.sources(caller);
    const sourceIds = sources.map(({ sourceId }) => sourceId);
    const [row] = await this.documents.find(caller.workspaceId, sourceIds, [documentId]);
    const source = sources.find(({ sourceId }) => sourceId === row?.source_id);
    if (!row || !source) throw new DocumentNotFound(documentId);
    this.audit.note({ ...caller, action: 'document.read', object: documentId, outcome: 'allowed' });
    return wholeDocument(row, source);
  }
}
