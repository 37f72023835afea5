import type { DatabaseTransaction } from '../../providers/database/database.js';
import type { DocumentKind, SourceDocument } from '../../providers/connectors/source-document.js';

/** Whose documents are meant. */
export interface SourceScope {
  readonly workspaceId: string;
  readonly sourceId: string;
}

/** How many documents a put created, changed (text, metadata or anything else of them) or found as they were. */
export interface DocumentCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** A document without its text. */
export type DocumentRecord = Omit<SourceDocument, 'text' | 'parts'>;

/**
 * Keeps what a source holds. Everything happens in the caller's transaction, so that documents and the cursor that tells
 * how far they were read are committed together; embedding comes later, as a job that the same transaction accepts.
 */
export abstract class DocumentWriter {
  /**
   * Creates or replaces documents by source and external id; one that is the same as before costs no embedding. Each is
   * stamped with `generation`, the unchanged ones as well. At most 500 at a time, no external id twice.
   */
  abstract put(
    transaction: DatabaseTransaction,
    scope: SourceScope,
    generation: number,
    documents: readonly SourceDocument[],
  ): Promise<DocumentCounts>;

  /** Removes documents with their chunks, embeddings and index entries; answers how many there were. */
  abstract remove(
    transaction: DatabaseTransaction,
    scope: SourceScope,
    externalIds: readonly string[],
  ): Promise<number>;

  /**
   * Removes at most `limit` documents whose stamp is below `generation`: what a full sync did not meet is gone at the
   * source. Answers how many; fewer than `limit` means that none is left.
   */
  abstract removeOlder(
    transaction: DatabaseTransaction,
    scope: SourceScope,
    generation: number,
    limit: number,
  ): Promise<number>;

  /** Documents of the kinds in the order of their external ids, after `after`. */
  abstract list(
    scope: SourceScope,
    page: { readonly kinds: readonly DocumentKind[]; readonly after?: string; readonly limit: number },
  ): Promise<readonly DocumentRecord[]>;

  /** How many documents a source holds. */
  abstract count(scope: SourceScope): Promise<number>;
}
