import type { Readable } from 'node:stream';

/** A table as far as checking SQL needs it. */
export interface TableSchema {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Why a statement was refused or failed, in the words of the person who wrote it. Lines and columns count from 1 in their own text. */
export interface SqlFault {
  readonly kind:
    | 'syntax'
    | 'not_read_only'
    | 'not_allowed'
    | 'unknown_table'
    | 'unknown_column'
    | 'type_mismatch'
    | 'parameters'
    | 'data'
    | 'deadline'
    | 'memory'
    | 'result_too_large'
    | 'too_many_bytes'
    | 'cancelled'
    | 'interrupted'
    | 'engine';
  readonly message: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** What to try, such as the nearest table or column name. */
  readonly hint?: string | undefined;
}

/** Thrown by every method for a statement that is at fault. */
export class SqlRejected extends Error {
  constructor(readonly fault: SqlFault) {
    super(fault.message);
  }
}

/** A statement that may be run: parsed, read-only, one, and naming only tables of the given catalog. */
export interface CheckedStatement {
  /** The text that the engine runs. */
  readonly engineSql: string;
  /** Tables it reads, in lower case, each once. */
  readonly tables: readonly string[];
  /** Columns it may read by table; all of them where that cannot be told. Used to estimate bytes. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Number of `?` placeholders. */
  readonly parameterCount: number;
  /** What the author should know: a LIMIT that hides rows, a division of integers. */
  readonly warnings: readonly string[];
}

/** One table's data for a run: locations as `ObjectStore.location` gives them. */
export interface TableFiles {
  readonly table: string;
  readonly locations: readonly string[];
}

export interface ResultColumn {
  readonly name: string;
  /** Trino's name for the type: `bigint`, `decimal(12,2)`, `timestamp(3) with time zone`, `array(varchar)`. */
  readonly type: string;
}

/** Rows as JSON text, ready to be sent: `rowsJson` is an array of arrays. 64-bit integers and decimals are strings, dates and times ISO 8601. */
export interface ResultPage {
  readonly columns: readonly ResultColumn[];
  readonly rowsJson: string;
  readonly rowCount: number;
}

export type QueryParameter = string | number | boolean | null;

/** A statement over the data of its tables. */
export interface DryRunRequest {
  readonly workspaceId: string;
  readonly statement: CheckedStatement;
  /** The author's own text, so that faults can be placed in it. */
  readonly userSql: string;
  readonly schemas: readonly TableSchema[];
  readonly tables: readonly TableFiles[];
  readonly parameters: readonly QueryParameter[];
  readonly signal: AbortSignal;
}

export interface RunRequest extends DryRunRequest {
  readonly queryId: string;
  /** The result is cut after this many rows and marked truncated. */
  readonly maxRows: number;
  /** The run is ended with the fault `deadline` after this time, the process that runs it killed if it does not listen. */
  readonly deadlineMs: number;
  /** Rows of the first page to return with the outcome, 0 for none. Fewer where they would be larger than 16 MB. */
  readonly firstPageRows: number;
  /** Key in the object store under which the whole result is written as Parquet before the run resolves. A power cut soon afterwards may lose it. */
  readonly resultKey: string;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** What a run has read and cost. */
export interface Billed {
  readonly bytesScanned: number;
  readonly costUsd: number;
}

export interface RunOutcome {
  readonly columns: readonly ResultColumn[];
  readonly rowCount: number;
  /** True when there were more than `maxRows` rows. */
  readonly truncated: boolean;
  readonly resultBytes: number;
  readonly firstPage: ResultPage | undefined;
  /** Only where the engine measures it; elsewhere the estimate holds. */
  readonly billed?: Billed | undefined;
}

export type ExportFormat = 'parquet' | 'csv' | 'json' | 'arrow';

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Leave CSV cells that a spreadsheet would take for a formula as they are. */
  readonly raw?: boolean;
  readonly signal: AbortSignal;
}

export interface Estimate {
  readonly tables: readonly { readonly table: string; readonly bytes: number }[];
  readonly bytesScanned: number;
  readonly costUsd: number;
}

/** Where programs with credentials of their own reach the engine and the tables of a workspace. */
export interface EngineAddress {
  readonly region: string;
  readonly workgroup: string;
  readonly catalog: string;
  readonly database: string;
  /** Where the engine leaves results. */
  readonly outputLocation: string;
  /** Below it lie the tables' files. */
  readonly filesLocation: string;
}

/**
 * Runs read-only SQL of Athena's dialect over tables of one workspace. A run sees nothing but the files of the tables
 * it was given. Aborting `signal` ends a run within a second with the fault `cancelled`. Whatever happens in a run, the
 * service and other runs go on.
 */
export abstract class QueryEngine {
  /** `duckdb` or `athena`. */
  abstract readonly name: string;
  /** Parses and judges; touches no data. Throws `SqlRejected`, or `StatementNotChecked` where there was no time for it. */
  abstract check(sql: string, tables: readonly TableSchema[]): Promise<CheckedStatement>;
  /** What a run would read, from the columns' stored sizes, and what that costs on this engine. */
  abstract estimate(statement: CheckedStatement, tables: readonly TableFiles[]): Promise<Estimate>;
  /**
   * Lets the engine itself plan the statement over these files: names, types and functions fit together. No row is read
   * and nothing is stored. Throws `SqlRejected`. A run of the same statement that follows does not pay for it again.
   */
  abstract dryRun(request: DryRunRequest): Promise<void>;
  abstract run(request: RunRequest): Promise<RunOutcome>;
  /** Rows `offset` to `offset + limit` of a stored result; fewer, but at least one, where they would be larger than 16 MB. Rejects with `ObjectNotFound`. */
  abstract page(resultKey: string, offset: number, limit: number): Promise<ResultPage>;
  /** The whole stored result in another format, as a stream in constant memory. Rejects with `ObjectNotFound`. */
  abstract export(resultKey: string, options: ExportOptions): Promise<Readable>;
  /** Removes what the engine keeps for a workspace; stored results are not its own. No error when there is nothing. */
  abstract forget(workspaceId: string): Promise<void>;
  /** Undefined where it takes no connections from outside. */
  abstract address(workspaceId: string): Promise<EngineAddress | undefined>;
  /** Rejects when the engine cannot answer; that it has no room just now is an answer. */
  abstract ping(): Promise<void>;
}
