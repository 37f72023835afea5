import { columnNames } from './column-names.js';
import { inferColumnType, type InferredType } from './column-types.js';
import type { ColumnType, ContractColumn, Dialect } from './contract.js';
import { detectDialect, type DialectEvidence, type TextDialect } from './dialect.js';
import { assertKnownEncoding, bomLength, decodeHead, detectEncoding, type EncodingGuess } from './encoding.js';
import { tableWidth } from './layout.js';
import { warnOfAmbiguity, warnOfNames, warnOfText, warnOfWidths } from './preview-warnings.js';
import { MAX_COLUMNS, RecordReader, TooManyColumns, type CsvRow } from './records.js';
import { createValueReader, type DisplayValue, type TypedColumn } from './value-reader.js';
import { WarningList, type CsvWarning } from './warnings.js';

export interface PreviewColumn {
  /** SQL-safe and unique in the table. */
  name: string;
  /** As in the header; `column1`, `column2` … where there is none. */
  source_name: string;
  type: ColumnType;
  /** Whether a row that was read holds an empty field or a null text. */
  nullable: boolean;
  format?: string | undefined;
  null_values?: string[] | undefined;
  /** Why the type is what it is. */
  evidence: string;
}

export interface Preview {
  dialect: Dialect;
  dialect_evidence: DialectEvidence & { readonly encoding: string };
  columns: PreviewColumn[];
  rows: DisplayValue[][];
  /** For each of `rows` the line of the file in which it begins, counted from 1. */
  lines: number[];
  /** The cells of `rows` whose text is no value of their column; it is shown as it stands in the file. */
  misfits: CellPlace[];
  /** Rows in `rows`. */
  row_count: number;
  /** Whether the file holds more rows than these. */
  truncated: boolean;
  warnings: CsvWarning[];
}

/** Indices into the rows and columns of a preview, counted from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface PreviewOptions {
  /** Whether `head` is the whole file. If not, the row that is cut at its end is left out. */
  readonly complete: boolean;
  /** 1 to 1000, default 100. */
  readonly limit?: number | undefined;
  /** Parts of the dialect that a person has decided. */
  readonly overrides?: PreviewOverrides | undefined;
  /** How a person wants the columns to be read, one for each of the file; left out, as they are inferred. */
  readonly columns?: readonly ContractColumn[] | undefined;
  /** How the file is stored; `head` is expanded already. */
  readonly compression?: Dialect['compression'] | undefined;
}

export type PreviewOverrides = Partial<Omit<Dialect, 'compression'>>;

/** Types are inferred from so many rows, or from as many as are shown if that is more. */
const SAMPLE_ROWS = 1_000;
const SLICE_CHARACTERS = 65_536;
/** A quoted field that is still open after so much text and so many lines has lost its closing quote. */
const SUSPICIOUS_CHARACTERS = 32_768;
const SUSPICIOUS_LINES = 100;
const FILE_SIGNATURES: readonly (readonly [bytes: string, name: string])[] = [
  ['PK\x03\x04', 'a ZIP file or an Excel workbook'],
  ['\x1F\x8B', 'compressed with gzip'],
  ['PAR1', 'a Parquet file'],
  ['%PDF', 'a PDF document'],
  ['\xD0\xCF\x11\xE0', 'an old Excel workbook'],
  ['SQLite format 3', 'an SQLite database'],
];

/**
 * Shows the first rows of a file, typed, by its first bytes alone, with everything that is odd about them. Throws
 * `UnknownEncoding`, `InvalidDialect`, `TooManyColumns` or `LineTooLong`, and nothing else whatever the bytes are.
 */
export function previewCsv(head: Uint8Array, options: PreviewOptions): Preview {
  const { complete, limit = 100, overrides = {}, compression = 'none' } = options;
  const warnings = new WarningList();
  const encoding = encodingOf(head, overrides.encoding);
  const decoded = decodeHead(head, encoding.encoding, complete);
  const binary = signatureOf(head);
  const text = binary ? '' : decoded.text;
  const { dialect: textDialect, evidence } = detectDialect(text, { complete, overrides });
  const preview: Preview = {
    dialect: { encoding: encoding.encoding, ...textDialect, compression },
    dialect_evidence: { encoding: encoding.evidence, ...evidence },
    columns: [],
    rows: [],
    lines: [],
    misfits: [],
    row_count: 0,
    truncated: false,
    warnings: [],
  };
  if (binary) {
    const detail = `The file is ${binary}, not a text table. Save it as CSV (UTF-8) and upload that.`;
    return { ...preview, warnings: [{ code: 'not_text', detail }] };
  }
  if (isBlank(text) && complete) {
    const what = head.length === 0 ? 'has no bytes' : 'holds nothing but blank lines';
    return {
      ...preview,
      warnings: [
        { code: 'empty_file', detail: `The file ${what}. Check the export that made it, and upload it again.` },
      ],
    };
  }
  warnOfBytes(decoded.text, decoded.undecodable, encoding.encoding, warnings);
  const sample = readRows(text, textDialect, complete, Math.max(limit, SAMPLE_ROWS), warnings);
  fill(preview, sample, { ...options, limit }, warnings);
  if (!complete && sample.exhausted && preview.row_count < limit)
    warnOfCut(head.length, preview.row_count, sample.nextLine, warnings);
  return { ...preview, warnings: warnings.toArray() };
}

interface Sample {
  readonly rows: readonly CsvRow[];
  /** Whether there is text after these rows, or bytes after the text. */
  readonly hasMore: boolean;
  /** Whether all of the text has been read. */
  readonly exhausted: boolean;
  readonly nextLine: number;
}

function encodingOf(head: Uint8Array, override: string | undefined): EncodingGuess {
  if (override === undefined) return detectEncoding(head);
  const encoding = assertKnownEncoding(override);
  return { encoding, bomBytes: bomLength(head, encoding), evidence: 'given' };
}

function signatureOf(head: Uint8Array): string | undefined {
  const start = Buffer.from(head.subarray(0, 16)).toString('latin1');
  return FILE_SIGNATURES.find(([bytes]) => start.startsWith(bytes))?.[1];
}

function readRows(text: string, dialect: TextDialect, complete: boolean, limit: number, warnings: WarningList): Sample {
  const reader = new RecordReader(dialect);
  let rows: CsvRow[] = [];
  const wanted = limit + (dialect.header ? 1 : 0);
  let read = 0;
  for (; read < text.length && rows.length <= wanted; read += SLICE_CHARACTERS) {
    rows = rows.concat(reader.push(text.slice(read, read + SLICE_CHARACTERS)));
  }
  const exhausted = read >= text.length;
  const { nextLine } = reader;
  if (exhausted && complete) rows = rows.concat(reader.end());
  else if (exhausted && isSuspicious(reader)) rows = rows.concat(reader.end().slice(0, -1));
  else if (rows.length === 0) assertNotTooWide(reader);
  warnOfText(reader.report(), warnings);
  return { rows: rows.slice(0, wanted), hasMore: !complete || !exhausted || rows.length > wanted, exhausted, nextLine };
}

function isSuspicious({ openQuote, unfinished }: RecordReader): boolean {
  return (
    openQuote !== undefined &&
    unfinished.length > SUSPICIOUS_CHARACTERS &&
    unfinished.split('\n').length > SUSPICIOUS_LINES
  );
}

/** Not even the first row is complete: it may be too wide to be read at all. */
function assertNotTooWide(reader: RecordReader): void {
  for (const { line, fields } of reader.end()) {
    if (fields.length > MAX_COLUMNS) throw new TooManyColumns(line, fields.length);
  }
}

function fill(
  preview: Preview,
  { rows, hasMore }: Sample,
  { limit, columns }: PreviewOptions & { readonly limit: number },
  warnings: WarningList,
): void {
  const { header: hasHeader, skip_rows: skipRows } = preview.dialect;
  const header = hasHeader ? rows[0] : undefined;
  const data = hasHeader ? rows.slice(1) : rows;
  if (skipRows > 0) warnings.add({ code: 'preamble_skipped', detail: skippedDetail(skipRows), line: 1 });
  preview.truncated = hasMore || data.length > limit;
  if (rows.length === 0) return;
  const width = tableWidth(header, data);
  const sourceNames = Array.from({ length: width }, (_, index) => sourceName(header, index));
  const names = columnNames(sourceNames);
  warnOfNames(header, sourceNames, names, warnings);
  warnOfWidths(data, width, warnings);
  const types = sourceNames.map((_, index) =>
    inferColumnType(
      data.map(({ fields }) => fields[index] ?? null),
      preview.dialect.decimal,
    ),
  );
  for (const [index, type] of types.entries()) {
    if (isText(columns?.[index])) warnOfAmbiguity(sourceNames[index] ?? '', index, type, warnings);
  }
  const inferred = types.map((type, index) => previewColumn(sourceNames[index] ?? '', names[index] ?? '', type));
  preview.columns = inferred.map((column, index) => readAs(column, columns?.[index]));
  const shown = data.slice(0, limit);
  Object.assign(preview, displayRows(shown, preview.columns, warnings));
  preview.lines = shown.map(({ line }) => line);
  preview.row_count = preview.rows.length;
  if (data.length === 0 && !hasMore) {
    const detail =
      'The file holds a header and no rows. It can be stored as an empty table; if the first row is data, set header to false.';
    warnings.add({ code: 'header_only', detail, line: header?.line });
  }
}

function sourceName(header: CsvRow | undefined, index: number): string {
  const name = header?.fields[index] ?? '';
  return name.trim() === '' ? `column${index + 1}` : name;
}

function previewColumn(
  source: string,
  name: string,
  { type, nullable, format, nullValues, evidence }: InferredType,
): PreviewColumn {
  return {
    name,
    source_name: source,
    type,
    nullable,
    ...(format === undefined ? {} : { format }),
    ...(nullValues.length === 0 ? {} : { null_values: [...nullValues] }),
    evidence,
  };
}

/** Whether nobody has decided that the column is anything but text. */
function isText(wanted: ContractColumn | undefined): boolean {
  return wanted === undefined || (wanted.type === 'varchar' && !wanted.drop);
}

/** The column as a person wants it to be read. */
function readAs(inferred: PreviewColumn, wanted: ContractColumn | undefined): PreviewColumn {
  if (!wanted) return inferred;
  const { source_name: source, nullable, type, evidence } = inferred;
  const { format, null_values: nullValues } = wanted;
  return {
    name: wanted.name,
    source_name: source,
    type: wanted.type,
    nullable,
    ...(format === undefined ? {} : { format }),
    ...(nullValues === undefined ? {} : { null_values: nullValues }),
    evidence: wanted.type === type ? evidence : `set by hand; the rows suggest ${type}, because ${evidence}`,
  };
}

/** Rows as values of their columns. What does not fit is shown as it stands in the file, with a warning. */
export function displayRows(
  rows: readonly CsvRow[],
  columns: readonly (TypedColumn & { readonly name: string })[],
  warnings: WarningList,
): Pick<Preview, 'rows' | 'misfits'> {
  const readers = columns.map(createValueReader);
  const misfits: CellPlace[] = [];
  const values = rows.map(({ line, fields }, row) =>
    readers.map((read, index) => {
      const text = fields[index] ?? '';
      const value = read(text);
      if (value !== undefined) return value;
      misfits.push({ row, column: index });
      const { name, type } = columns[index] ?? {};
      const detail = `The value "${text.slice(0, 80)}" of column ${name} at line ${line} is no ${type}; it is shown as it stands in the file. Change the type or the format of the column.`;
      warnings.add({ code: 'misfit_value', detail, line, field: index });
      return text;
    }),
  );
  return { rows: values, misfits };
}

function warnOfBytes(text: string, undecodable: number, encoding: string, warnings: WarningList): void {
  if (undecodable === 0) return;
  const before = text.slice(0, text.indexOf('\uFFFD')).split(/\r\n?|\n/);
  const line = before.length;
  const column = (before.at(-1) ?? '').length + 1;
  const detail = `${undecodable.toLocaleString('en')} characters could not be read as ${encoding} and are shown as \uFFFD, the first at line ${line}, column ${column}. If text looks wrong, set the encoding.`;
  warnings.add({ code: 'undecodable_bytes', detail, line, column });
}

function warnOfCut(bytes: number, rows: number, line: number, warnings: WarningList): void {
  const read = `A preview reads the first ${bytes.toLocaleString('en')} bytes of a file`;
  if (rows > 0) {
    warnings.add({
      code: 'truncated_preview',
      detail: `${read}; only ${rows} whole rows fit into them. The whole file is read when it is submitted.`,
    });
    return;
  }
  const detail = `${read}, and the row at line ${line} goes on beyond them. If it should not be that long, a closing quote is missing or the newlines are lost.`;
  warnings.add({ code: 'long_field', detail, line });
}

function skippedDetail(lines: number): string {
  const what = lines === 1 ? 'The first line is' : `The first ${lines} lines are`;
  return `${what} not part of the table (a title, notes, blank lines or sep=) and left out. Set skip_rows to 0 to read everything.`;
}

function isBlank(text: string): boolean {
  return text.replaceAll('\0', '').trim() === '';
}
