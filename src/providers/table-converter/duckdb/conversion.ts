import type { Contract } from '../../../csv/contract.js';
import { type EngineSession, sqlText } from '../../duckdb-workers/engine-session.js';
import type { ConvertProgress } from '../table-converter.js';
import { cellsOf, MISFIT, misfits, rejected, typedRows, withCasts } from './cells.js';
import { type CsvTable, readCsv } from './csv-table.js';
import { type FileColumn, fileColumns, misfitReason } from './file-columns.js';
import { linesBeforeData } from './file-head.js';
import { type NormalisedFile, normalise } from './normalised-file.js';
import { watchProgress } from './progress.js';
import { countRecords } from './record-count.js';
import type { SourceFile } from './source-text.js';
import { widenToFit } from './widening.js';

export interface ConversionFiles {
  readonly source: SourceFile;
  readonly parquet: string;
  readonly rejects: string;
  /** For files that are only needed on the way. */
  readonly scratchDirectory: string;
}

export interface ConversionOptions {
  readonly session: EngineSession;
  readonly files: ConversionFiles;
  readonly contract: Contract;
  readonly fixedColumns: readonly string[];
  readonly signal: AbortSignal;
  report(progress: ConvertProgress): void;
}

export interface Conversion {
  readonly columns: readonly FileColumn[];
  readonly rowsIn: number;
  readonly rowsStored: number;
  readonly rowsRejected: number;
}

const EXCERPT_CHARACTERS = 1_000;
const MAX_ROW_GROUP = 1_000_000;
const MIN_ROW_GROUP = 2_048;
const CELLS_IN_ROW_GROUP = 2_000_000;
const DICTIONARY_BYTES = 64 << 20;
const MAX_COLUMN_DICTIONARY = 1 << 20;

/**
 * Converts in the cheapest way that is right. A file that is plain UTF-8 is read where it lies, in one pass, while its
 * rows are counted apart from that; whatever is odd (another encoding, ragged rows, stray quotes, values to reject, a
 * count that differs) is read by our own CSV reader first, which keeps the line of every row.
 */
export async function convertFile(options: ConversionOptions): Promise<Conversion> {
  const { files, contract } = options;
  const columns = fileColumns(contract.columns, options.fixedColumns);
  const skip = await linesBeforeData(files.source, contract.dialect);
  const direct = skip === undefined ? undefined : directTable(options, skip);
  return (direct && (await convertDirectly(options, direct, columns))) ?? convertNormalised(options, columns);
}

/** The source as it lies, unless the engine may read it otherwise than the CSV reader does. */
function directTable({ files, contract: { dialect, columns } }: ConversionOptions, skip: number): CsvTable | undefined {
  const isUtf8 = /^(utf-?8|(us-)?ascii)$/.test(dialect.encoding);
  const isPlain = isUtf8 && dialect.compression === 'none' && dialect.newline !== '\r';
  const isAscii = /^[\0-\x7F]*$/.test(dialect.delimiter + dialect.quote);
  // In a single column, the engine takes a blank line for a row.
  if (!isPlain || !isAscii || columns.length < 2) return undefined;
  const { delimiter, quote } = dialect;
  const newline = dialect.newline === '\n' ? '\n' : undefined;
  return { path: files.source.path, fields: columns.length, delimiter, quote, skip, newline, offset: 0 };
}

async function convertDirectly(
  options: ConversionOptions,
  table: CsvTable,
  columns: readonly FileColumn[],
): Promise<Conversion | undefined> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const counting = countRecords(table.path, { quote: table.quote, skip: table.skip, signal });
  counting.catch(() => undefined);
  try {
    const stored = await storeWidening(options, table, columns, 0);
    if (stored === undefined) return undefined;
    const { records, regular } = await counting;
    if (!regular || records !== stored.rows) return undefined;
    return { columns: stored.columns, rowsIn: records, rowsStored: stored.rows, rowsRejected: 0 };
  } catch (error) {
    options.signal.throwIfAborted();
    if (isMisread(error)) return undefined;
    throw error;
  } finally {
    stop.abort();
  }
}

interface Stored {
  readonly columns: readonly FileColumn[];
  readonly rows: number;
}

/** Stores all rows, with wider types where needed; undefined when there are rows to reject. */
async function storeWidening(
  options: ConversionOptions,
  table: CsvTable,
  columns: readonly FileColumn[],
  from: number,
): Promise<Stored | undefined> {
  try {
    return { columns, rows: await store(options, table, columns, { from, leaveOutRejected: false }) };
  } catch (error) {
    if (!isMisfit(error)) throw error;
  }
  const widened = await widenToFit(options.session.connection, table, columns);
  if (widened.rejected > 0) return undefined;
  return {
    columns: widened.columns,
    rows: await store(options, table, widened.columns, { from, leaveOutRejected: false }),
  };
}

async function convertNormalised(options: ConversionOptions, columns: readonly FileColumn[]): Promise<Conversion> {
  const { files, contract, signal, report, session } = options;
  const normalised = await normalise({
    source: files.source,
    dialect: contract.dialect,
    width: contract.columns.length,
    directory: files.scratchDirectory,
    signal,
    onProgress: (fraction, rows) => report({ phase: 'reading', fraction: fraction / 2, rows }),
  });
  let stored = await storeWidening(options, normalised.table, columns, 0.5);
  if (!stored) {
    const widened = await widenToFit(session.connection, normalised.table, columns);
    const rows = await store(options, normalised.table, widened.columns, { from: 0.5, leaveOutRejected: true });
    stored = { columns: widened.columns, rows };
  }
  const hasRejects = stored.rows < normalised.rows;
  const rowsRejected = hasRejects ? await storeRejects(options, normalised, stored.columns) : 0;
  assertNothingLost(normalised.rows, stored.rows, rowsRejected);
  return { columns: stored.columns, rowsIn: normalised.rows, rowsStored: stored.rows, rowsRejected };
}

async function store(
  { session, files, report }: ConversionOptions,
  table: CsvTable,
  columns: readonly FileColumn[],
  { from, leaveOutRejected }: { from: number; leaveOutRejected: boolean },
): Promise<number> {
  const { connection } = session;
  const rowGroup = Math.min(MAX_ROW_GROUP, Math.max(MIN_ROW_GROUP, Math.floor(CELLS_IN_ROW_GROUP / columns.length)));
  // The engine sets this much aside for every text column: a thousand of them would take a gigabyte.
  const dictionary = Math.min(MAX_COLUMN_DICTIONARY, Math.floor(DICTIONARY_BYTES / columns.length));
  const stop = watchProgress(connection, (fraction) =>
    report({ phase: 'converting', fraction: from + fraction * (0.95 - from) }),
  );
  try {
    const result = await connection.run(
      `COPY (${typedRows(table, cellsOf(columns), leaveOutRejected)}) TO ${sqlText(files.parquet)}
       (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${rowGroup},
        STRING_DICTIONARY_PAGE_SIZE_LIMIT ${dictionary}, WRITE_BLOOM_FILTER false, USE_TMP_FILE false)`,
    );
    return result.rowsChanged;
  } finally {
    stop();
  }
}

/** Writes the rows that are not in the table, in the file's order; returns their number. */
async function storeRejects(
  { session, files, report }: ConversionOptions,
  { table, strayRows }: NormalisedFile,
  columns: readonly FileColumn[],
): Promise<number> {
  report({ phase: 'rejects', fraction: 0.96 });
  const strays = `SELECT s0::BIGINT AS line, NULL::VARCHAR AS "column", s1 AS value, s2 AS reason FROM ${readCsv(strayRows)}`;
  const result = await session.connection.run(
    `COPY (SELECT * FROM (${[strays, ...rejectedCells(table, columns)].join(' UNION ALL ')}) ORDER BY line)
     TO ${sqlText(files.rejects)} (FORMAT csv, HEADER, USE_TMP_FILE false)`,
  );
  return result.rowsChanged;
}

/** One row for each rejected row, with its first cell that does not fit. */
function rejectedCells(table: CsvTable, columns: readonly FileColumn[]): string[] {
  const cells = cellsOf(columns.filter(({ fixed, type }) => fixed && type !== 'varchar'));
  const condition = rejected(cells);
  if (condition === undefined) return [];
  const choose = (result: (cell: (typeof cells)[number]) => string) =>
    `CASE ${cells.map((cell, index) => `WHEN m${index} THEN ${result(cell)}`).join(' ')} END`;
  const judged = cells.map((cell, index) => `${misfits(cell)} AS m${index}`);
  return [
    `SELECT line, ${choose(({ column }) => sqlText(column.name))},
            ${choose(({ text }) => `left(${text}, ${EXCERPT_CHARACTERS})`)}, ${choose(({ column }) => sqlText(misfitReason(column)))}
     FROM (SELECT *, ${judged.join(', ')} FROM ${withCasts(table, cells, [`${table.positions?.line} AS line`])})
     WHERE ${judged.map((_, index) => `m${index}`).join(' OR ')}`,
  ];
}

function assertNothingLost(rowsIn: number, rowsStored: number, rowsRejected: number): void {
  if (rowsIn === rowsStored + rowsRejected) return;
  throw new Error(`Rows do not add up: ${rowsIn} read, ${rowsStored} stored, ${rowsRejected} rejected.`);
}

function isMisfit(error: unknown): boolean {
  return (error as Error).message.includes(MISFIT);
}

/** Whether the engine gave up on the text of the file. */
function isMisread(error: unknown): boolean {
  return /^(Invalid Input|Conversion) Error/.test((error as Error).message);
}
