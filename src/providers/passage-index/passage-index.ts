import type { DatabaseTransaction } from '../database/database.js';

/** A part of a document that is found as one. */
export interface Passage {
  /** Where it stands in the document's text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Folded name of who wrote it; empty when nobody knows. */
  readonly authorKey: string;
  /** ISO-8601 in UTC, with milliseconds. */
  readonly writtenAt: string;
  /** What it is found by, as `searchTerms` gives it, in order. */
  readonly terms: readonly string[];
  /** Words of what it belongs to, which count less: its title and headings. */
  readonly contextTerms: readonly string[];
  /** Of length 1; absent: found by its words alone. */
  readonly vector?: Float32Array | undefined;
}

export interface IndexedDocument {
  readonly sourceId: string;
  readonly documentId: string;
  /** What it is at its source, such as `issue`. */
  readonly kind: string;
  readonly passages: readonly Passage[];
}

/** Where is searched: nothing else is looked at, so as many are found as there are, up to the limit. */
export interface PassageScope {
  readonly workspaceId: string;
  readonly sourceIds: readonly string[];
  /** Written at this time or later, and before `to`; ISO-8601 in UTC, with milliseconds. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly authorKey?: string | undefined;
  /** Of documents of this kind alone. */
  readonly kind?: string | undefined;
  readonly limit: number;
}

export interface FoundPassage {
  readonly documentId: string;
  readonly start: number;
  readonly end: number;
  readonly writtenAt: string;
  /** Of vectors, their cosine; of words, a number that compares within one search. */
  readonly score: number;
}

/**
 * Finds passages of documents: by the nearness of vectors, exactly, and by words. It belongs to the relational database,
 * so that passages are changed in the transaction that changes their document, and are gone with it: what removes a row
 * of `documents` removes its passages. Every row and every search is of one workspace.
 */
export abstract class PassageIndex {
  /** Which engine finds vectors, and why, for people: `exact search in memory`. */
  abstract readonly description: string;
  /** Makes what migrations cannot. Called once, before anything else and after the migrations. */
  abstract prepare(): Promise<void>;
  /** Replaces all passages of these documents. `space` names what their vectors are comparable with. */
  abstract replace(
    transaction: DatabaseTransaction,
    workspaceId: string,
    space: string,
    documents: readonly IndexedDocument[],
  ): Promise<void>;
  /** To be called in the transaction that removes documents of the workspace, at its end. */
  abstract removed(transaction: DatabaseTransaction, workspaceId: string): Promise<void>;
  /** The nearest first. Only vectors of `space` count. */
  abstract nearest(scope: PassageScope, space: string, vector: Float32Array): Promise<readonly FoundPassage[]>;
  /** Passages that have any of the terms; the best first: rare words count more than frequent ones. */
  abstract matching(scope: PassageScope, terms: readonly string[]): Promise<readonly FoundPassage[]>;
  /** Removes what the workspace has here, so that nothing of it can be read from the storage any more either. */
  abstract forget(workspaceId: string): Promise<void>;
  abstract close(): Promise<void>;
}
