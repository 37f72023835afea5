import type { ColumnType, Contract } from '../../csv/contract.js';

export interface ConvertProgress {
  readonly phase: 'reading' | 'converting' | 'rejects' | 'storing';
  /** 0 to 1 of the whole conversion. It goes back where the file has to be read again, in another way. */
  readonly fraction: number;
  readonly rows?: number | undefined;
  readonly bytes?: number | undefined;
}

export interface ConvertRequest {
  readonly workspaceId: string;
  /** Key of the raw file as it was uploaded. */
  readonly sourceKey: string;
  readonly contract: Contract;
  /** Columns (by `name`) whose type a person fixed: a value that does not fit is rejected. In all others the type widens to fit every value. */
  readonly fixedColumns: readonly string[];
  /** Key under which the Parquet file is stored. */
  readonly parquetKey: string;
  /** Key under which the rejects are stored as CSV (`line,column,value,reason`), if there are any. */
  readonly rejectsKey: string;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: ConvertProgress) => void) | undefined;
}

export interface ConvertedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly format?: string | undefined;
  readonly nullable: boolean;
  /** Why the type is what it is, such as "row 48,112 is the first that is not an integer: 12.5". Rows count from 1, the header not counted. */
  readonly evidence: string;
}

export interface ConvertOutcome {
  readonly columns: readonly ConvertedColumn[];
  /** `rowsIn = rowsStored + rowsRejected`, each counted on its own and compared before anything is stored. */
  readonly rowsIn: number;
  readonly rowsStored: number;
  readonly rowsRejected: number;
  readonly parquetBytes: number;
}

/**
 * Turns a raw CSV file into one typed Parquet file (zstd), reading every row under the contract. No row is lost
 * silently: what does not fit is kept as a reject with line, column, value and reason. Throws a `Problem` for a file
 * that cannot be read; a file that crashes the parser rejects with `ConversionCrashed`, and nothing but the child dies.
 */
export abstract class TableConverter {
  abstract convert(request: ConvertRequest): Promise<ConvertOutcome>;
}
