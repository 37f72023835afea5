import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { DocumentKind, DocumentPart } from '../../providers/connectors/source-document.js';
import type { SourceScope } from './document-writer.js';

export interface DocumentRow {
  workspace_id: string;
  document_id: string;
  source_id: string;
  external_id: string;
  kind: DocumentKind;
  title: string | null;
  text: string;
  author: string | null;
  /** The name as it is compared. */
  author_key: string | null;
  url: string;
  container: string;
  /** JSON of the `DocumentPart`s. */
  parts: string | null;
  /** JSON object. */
  metadata: string;
  /** Of everything. */
  content_hash: string;
  /** Of what it is found and cited by. */
  search_hash: string;
  /** The latest full sync that met it. */
  generation: number;
  /** The space of its vectors; `words`: found by words alone so far; empty: not found yet. */
  indexed_as: string;
  created_at: string;
  updated_at: string;
}

export type DocumentListing = Omit<DocumentRow, 'text' | 'parts' | 'content_hash' | 'search_hash' | 'author_key'>;

export interface BrowsedDocument extends DocumentListing {
  /** Of its text. */
  readonly beginning: string;
}

export interface DocumentFilter {
  readonly workspaceId: string;
  readonly sourceIds: readonly string[];
  readonly kind?: DocumentKind | undefined;
  readonly authorKey?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  /** Continue after this document (the latest change first). */
  readonly after?: Pick<DocumentRow, 'updated_at' | 'document_id'> | undefined;
}

interface DocumentTables {
  documents: DocumentRow;
}

type Transacting = Database | DatabaseTransaction;

const listed = [
  'workspace_id',
  'document_id',
  'source_id',
  'external_id',
  'kind',
  'title',
  'author',
  'url',
  'container',
  'metadata',
  'generation',
  'indexed_as',
  'created_at',
  'updated_at',
] as const;

const beginningCharacters = 240;

/** Rows go into the database so many at a time: statements have a limit of values. */
const rowsTogether = 200;

/** The documents of all workspaces. */
@Injectable()
export class DocumentsRepository {
  constructor(private readonly database: Database) {}

  /** Those of the external ids that there are. */
  async known(transaction: DatabaseTransaction, scope: SourceScope, externalIds: readonly string[]) {
    return this.of(transaction, scope)
      .select(['document_id', 'external_id', 'content_hash', 'search_hash', 'indexed_as'])
      .where('external_id', 'in', externalIds)
      .execute();
  }

  async insert(transaction: DatabaseTransaction, rows: readonly DocumentRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += rowsTogether) {
      const some = rows.slice(at, at + rowsTogether);
      await transaction.tables<DocumentTables>().insertInto('documents').values(some).execute();
    }
  }

  async replace(transaction: DatabaseTransaction, { workspace_id, document_id, ...row }: DocumentRow): Promise<void> {
    await transaction
      .tables<DocumentTables>()
      .updateTable('documents')
      .set(row)
      .where('workspace_id', '=', workspace_id)
      .where('document_id', '=', document_id)
      .execute();
  }

  async stamp(
    transaction: DatabaseTransaction,
    { workspaceId }: SourceScope,
    documentIds: readonly string[],
    generation: number,
  ): Promise<void> {
    await transaction
      .tables<DocumentTables>()
      .updateTable('documents')
      .set({ generation })
      .where('workspace_id', '=', workspaceId)
      .where('document_id', 'in', documentIds)
      .where('generation', '<>', generation)
      .execute();
  }

  /** Answers how many there were. */
  async delete(transaction: DatabaseTransaction, scope: SourceScope, externalIds: readonly string[]): Promise<number> {
    const { numDeletedRows } = await transaction
      .tables<DocumentTables>()
      .deleteFrom('documents')
      .where('workspace_id', '=', scope.workspaceId)
      .where('source_id', '=', scope.sourceId)
      .where('external_id', 'in', externalIds)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  /** External ids of documents whose stamp is below the generation. */
  async olderThan(
    transaction: DatabaseTransaction,
    scope: SourceScope,
    generation: number,
    limit: number,
  ): Promise<string[]> {
    const rows = await this.of(transaction, scope)
      .select('external_id')
      .where('generation', '<', generation)
      .limit(limit)
      .execute();
    return rows.map(({ external_id }) => external_id);
  }

  async list(
    scope: SourceScope,
    { kinds, after = '', limit }: { kinds: readonly DocumentKind[]; after?: string; limit: number },
  ): Promise<DocumentListing[]> {
    return this.of(this.database, scope)
      .select(listed)
      .where('kind', 'in', kinds)
      .where('external_id', '>', after)
      .orderBy('external_id')
      .limit(limit)
      .execute();
  }

  async count(scope: SourceScope): Promise<number> {
    const { documents } = await this.of(this.database, scope)
      .select(({ fn }) => fn.countAll<number>().as('documents'))
      .executeTakeFirstOrThrow();
    return documents;
  }

  /** The latest change first. */
  async browse(filter: DocumentFilter): Promise<BrowsedDocument[]> {
    const { workspaceId, sourceIds, kind, authorKey, from, to, limit, after } = filter;
    let query = this.database
      .tables<DocumentTables>()
      .selectFrom('documents')
      .select(listed)
      .select(({ fn, ref, val }) =>
        fn<string>('substr', [ref('text'), val(1), val(beginningCharacters)]).as('beginning'),
      )
      .where('workspace_id', '=', workspaceId)
      .where('source_id', 'in', sourceIds);
    if (kind !== undefined) query = query.where('kind', '=', kind);
    if (authorKey !== undefined) query = query.where('author_key', '=', authorKey);
    if (from !== undefined) query = query.where('updated_at', '>=', from);
    if (to !== undefined) query = query.where('updated_at', '<', to);
    if (after) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('updated_at', 'document_id'), '<', tuple(after.updated_at, after.document_id)),
      );
    }
    return query.orderBy('updated_at', 'desc').orderBy('document_id', 'desc').limit(limit).execute();
  }

  /** Those of these ids that belong to one of the sources. */
  async find(
    workspaceId: string,
    sourceIds: readonly string[],
    documentIds: readonly string[],
  ): Promise<DocumentRow[]> {
    return this.database
      .tables<DocumentTables>()
      .selectFrom('documents')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('document_id', 'in', documentIds)
      .where('source_id', 'in', sourceIds)
      .execute();
  }

  /** Documents that are not found by vectors of the space; those that are not found at all come first. */
  async toIndex(workspaceId: string, space: string, limit: number): Promise<DocumentRow[]> {
    const before = await this.inWorkspace(workspaceId, limit).where('indexed_as', '<', space).execute();
    return before.length > 0 ? before : this.inWorkspace(workspaceId, limit).where('indexed_as', '>', space).execute();
  }

  /** Documents that are not found at all. */
  async notIndexed(workspaceId: string, limit: number): Promise<DocumentRow[]> {
    return this.inWorkspace(workspaceId, limit).where('indexed_as', '=', '').execute();
  }

  async isIndexed(workspaceId: string, space: string, within: Transacting = this.database): Promise<boolean> {
    const rows = () =>
      within
        .tables<DocumentTables>()
        .selectFrom('documents')
        .select('document_id')
        .where('workspace_id', '=', workspaceId)
        .limit(1);
    const other = await rows().where('indexed_as', '<', space).executeTakeFirst();
    return !other && !(await rows().where('indexed_as', '>', space).executeTakeFirst());
  }

  /** Marks what is found now; a document that was changed or removed since it was read is left out. Answers which were not. */
  async markIndexed(
    transaction: DatabaseTransaction,
    documents: readonly Pick<DocumentRow, 'workspace_id' | 'document_id' | 'search_hash'>[],
    indexedAs: string,
  ): Promise<Set<string>> {
    const marked = new Set<string>();
    for (const { workspace_id, document_id, search_hash } of documents) {
      const { numUpdatedRows } = await transaction
        .tables<DocumentTables>()
        .updateTable('documents')
        .set({ indexed_as: indexedAs })
        .where('workspace_id', '=', workspace_id)
        .where('document_id', '=', document_id)
        .where('search_hash', '=', search_hash)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) marked.add(document_id);
    }
    return marked;
  }

  async workspaces(): Promise<string[]> {
    const rows = await this.database
      .tables<DocumentTables>()
      .selectFrom('documents')
      .select('workspace_id')
      .distinct()
      .execute();
    return rows.map(({ workspace_id }) => workspace_id);
  }

  private inWorkspace(workspaceId: string, limit: number) {
    return this.database
      .tables<DocumentTables>()
      .selectFrom('documents')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('indexed_as')
      .orderBy('document_id')
      .limit(limit);
  }

  private of(within: Transacting, { workspaceId, sourceId }: SourceScope) {
    return within
      .tables<DocumentTables>()
      .selectFrom('documents')
      .where('workspace_id', '=', workspaceId)
      .where('source_id', '=', sourceId);
  }
}

export function partsOf({ parts }: Pick<DocumentRow, 'parts'>): readonly DocumentPart[] {
  return parts === null ? [] : (JSON.parse(parts) as DocumentPart[]);
}
