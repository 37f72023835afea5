import type { ColumnType } from '../../csv/contract.js';
import type { CatalogColumn } from '../catalog/catalog.js';

export interface ProfileRequest {
  readonly workspaceId: string;
  /** Object keys of the table's Parquet files. */
  readonly objectKeys: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: { fraction: number; rows: number; bytes: number }) => void) | undefined;
}

/** A stored text value of a low- or mid-cardinality column, for linking the words of a question to it. */
export interface IndexedValue {
  readonly column: string;
  readonly value: string;
  readonly count: number;
}

export interface TableProfile {
  readonly columns: readonly CatalogColumn[];
  readonly rows: number;
  /** Compressed bytes of the Parquet files. */
  readonly bytes: number;
  /** Values of text columns with at most 10,000 different ones, each value at most 200 characters. */
  readonly values: readonly IndexedValue[];
}

/** The schema as the stored files have it, read from the footer alone. */
export interface StoredSchema {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly rows: number;
  readonly bytes: number;
}

/** Reads stored Parquet: what it holds and how its columns look. */
export abstract class TableProfiler {
  /** Rejects with `ObjectNotFound` when a file is missing. */
  abstract schema(workspaceId: string, objectKeys: readonly string[], signal: AbortSignal): Promise<StoredSchema>;
  abstract profile(request: ProfileRequest): Promise<TableProfile>;
}
