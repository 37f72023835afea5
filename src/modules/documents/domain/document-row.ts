import { createHash } from 'node:crypto';
import { foldText } from '../../../platform/text/fold-text.js';
import { wellFormed } from '../../../platform/text/well-formed.js';
import type { SourceDocument } from '../../../providers/connectors/source-document.js';
import type { SourceScope } from '../document-writer.js';
import type { DocumentRow } from '../documents.repository.js';

/** Only whoever wrote a page last can be held to what stands there; a message is of when it was sent. */
const datedByChange: ReadonlySet<string> = new Set(['wiki', 'readme', 'file']);

/** The document as it is stored, without what it is found by. */
export function documentRow(
  { workspaceId, sourceId }: SourceScope,
  documentId: string,
  generation: number,
  document: SourceDocument,
): DocumentRow {
  const { externalId, kind, container, url, createdAt, updatedAt } = document;
  const title = document.title === undefined ? undefined : wellFormed(document.title);
  const text = wellFormed(document.text);
  const author = document.author === undefined ? undefined : wellFormed(document.author);
  const parts = document.parts?.length ? JSON.stringify(document.parts) : null;
  const metadata = JSON.stringify(document.metadata);
  const written = datedByChange.has(kind) ? updatedAt : createdAt;
  return {
    workspace_id: workspaceId,
    document_id: documentId,
    source_id: sourceId,
    external_id: externalId,
    kind,
    title: title ?? null,
    text,
    author: author ?? null,
    author_key: author === undefined ? null : authorKeyOf(author),
    url,
    container: wellFormed(container),
    parts,
    metadata,
    content_hash: hashOf([kind, title, text, author, url, container, parts, metadata, createdAt, updatedAt]),
    search_hash: hashOf([kind, title, text, author, parts, written]),
    generation,
    indexed_as: '',
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

/** When what it says was written. */
export function writtenAt({ kind, created_at, updated_at }: Pick<DocumentRow, 'kind' | 'created_at' | 'updated_at'>) {
  return datedByChange.has(kind) ? updated_at : created_at;
}

/** A name as it is compared. */
export function authorKeyOf(author: string | null | undefined): string {
  return foldText(author ?? '');
}

function hashOf(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}
