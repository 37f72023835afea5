import { sqlText } from '../../duckdb-workers/engine-session.js';

/** A CSV file as the engine reads it: every option is given, nothing is guessed, every field is text. */
export interface CsvTable {
  readonly path: string;
  /** Number of fields in every row. */
  readonly fields: number;
  readonly delimiter: string;
  readonly quote: string;
  /** Physical lines before the first row. */
  readonly skip: number;
  /** The newline of all rows where it is certain; else the engine takes the first it sees, even inside quotes. */
  readonly newline?: '\n' | undefined;
  /** Expressions over the fields for where a row stands; the rows' own order when not given. */
  readonly positions?: { readonly row: string; readonly line: string } | undefined;
  /** Index of the first field that is data. */
  readonly offset: number;
  /** Bytes of the longest row, when known. */
  readonly longestRow?: number | undefined;
}

const DEFAULT_LINE_BYTES = 2_000_000;
const DEFAULT_BUFFER_BYTES = 32_000_000;

/** Name of the column that holds a data field's text. */
export function fieldName(index: number): string {
  return `s${index}`;
}

/** A table function over the file, with the data fields named by `fieldName`. */
export function readCsv({ path, fields, delimiter, quote, skip, newline, offset, longestRow = 0 }: CsvTable): string {
  const columns = Array.from(
    { length: fields },
    (_, index) => `'${index < offset ? `p${index}` : fieldName(index - offset)}': 'VARCHAR'`,
  );
  const lineBytes = Math.max(DEFAULT_LINE_BYTES, longestRow + 1_000);
  const options = [
    sqlText(path),
    'auto_detect = false',
    'header = false',
    'strict_mode = true',
    'null_padding = false',
    'ignore_errors = false',
    "nullstr = ''",
    `delim = ${sqlText(delimiter)}`,
    `quote = ${sqlText(quote)}`,
    `escape = ${sqlText(quote)}`,
    `skip = ${skip}`,
    `max_line_size = ${lineBytes}`,
    `buffer_size = ${Math.max(DEFAULT_BUFFER_BYTES, 2 * lineBytes)}`,
    ...(newline ? [`new_line = ${sqlText('\\n')}`] : []),
    `columns = {${columns.join(', ')}}`,
  ];
  return `read_csv(${options.join(', ')})`;
}
