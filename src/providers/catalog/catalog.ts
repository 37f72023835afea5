import type { ColumnType } from '../../csv/contract.js';

/** A value as text, with how many rows hold it. */
export interface TopValue {
  readonly value: string;
  readonly count: number;
}

export interface CatalogColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly description?: string | undefined;
  /** Number of different values, NULL not counted; an estimate above a few thousand. */
  readonly distinct?: number | undefined;
  /** Share of NULLs, 0 to 1. */
  readonly null_fraction?: number | undefined;
  /** Smallest and greatest value as text in the type's canonical form. */
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly top_values?: readonly TopValue[] | undefined;
  /**
   * Of numbers, dates and timestamps that differ: how many values fall into each of at most twenty equal steps from `min`
   * to `max`.
   */
  readonly histogram?: readonly number[] | undefined;
}

export interface CatalogTable {
  /** Lower-case SQL name, unique in its workspace. */
  readonly table: string;
  readonly description?: string | undefined;
  readonly columns: readonly CatalogColumn[];
  readonly rows: number;
  readonly bytes: number;
  /** Object keys of the Parquet files that make up the table, in order. */
  readonly object_keys: readonly string[];
  /** The data set's version that the table shows. */
  readonly data_version: number;
  readonly updated_at: string;
}

/** Descriptions that people wrote; `null` removes one. They outlive crawls. */
export interface TableDescriptions {
  readonly description?: string | null;
  readonly columns?: Readonly<Record<string, string | null>>;
}

export interface TablePage {
  readonly items: readonly CatalogTable[];
  /** Name of the last table of this page when there are more. */
  readonly after: string | null;
}

/** The tables that a workspace can query. A table is visible only to its workspace; every method's first parameter says whose. Whatever needs a catalog that cannot be reached rejects with `CatalogUnavailable`. */
export abstract class Catalog {
  /** Undefined when there is no such table. Names are compared in lower case. */
  abstract get(workspaceId: string, table: string): Promise<CatalogTable | undefined>;
  /** Tables in name order, after the name `after`. */
  abstract list(
    workspaceId: string,
    options: { limit: number; after?: string | undefined; search?: string | undefined },
  ): Promise<TablePage>;
  /** Every table with its columns, for checking SQL. */
  abstract all(workspaceId: string): Promise<readonly CatalogTable[]>;
  /** Creates or replaces the definition; descriptions that people wrote stay. */
  abstract put(workspaceId: string, table: CatalogTable): Promise<void>;
  /** Undefined when there is no such table. Naming an unknown column rejects with `UnknownColumn`. */
  abstract describe(
    workspaceId: string,
    table: string,
    descriptions: TableDescriptions,
  ): Promise<CatalogTable | undefined>;
  /** Removes the definition, not the data. No error when it is not there. */
  abstract delete(workspaceId: string, table: string): Promise<void>;
  /** Removes all definitions of a workspace, and what is kept for the workspace itself. No error when there is nothing. */
  abstract deleteAll(workspaceId: string): Promise<void>;
  /** Rejects when the catalog cannot answer. */
  abstract ping(): Promise<void>;
}
