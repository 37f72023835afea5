/** How a file's bytes become rows. Detected with evidence, every part can be overridden. */
export interface Dialect {
  /** WHATWG or iconv name in lower case: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, `shift_jis`, … A byte-order mark is never part of the text. */
  encoding: string;
  /** One character. */
  delimiter: string;
  /** One character, or the empty string when fields are never quoted. */
  quote: string;
  /** Whether the first row after `skip_rows` holds column names. */
  header: boolean;
  decimal: '.' | ',';
  newline: '\n' | '\r\n' | '\r';
  compression: 'none' | 'gzip';
  /** Rows before the header (titles, comments, `sep=;`) that are not data. */
  skip_rows: number;
}

/** `decimal(p,s)` carries its precision and scale: `decimal(12,2)`. */
export type ColumnType =
  | 'boolean'
  | 'bigint'
  | 'double'
  | `decimal(${number},${number})`
  | 'varchar'
  | 'date'
  | 'timestamp'
  | 'timestamp with time zone'
  | 'time'
  | 'json';

/** One column of the file as it will be stored. */
export interface ContractColumn {
  /** The header's text exactly as in the file; `column1`, `column2` … where there is none. */
  source_name: string;
  /** The SQL-safe name under which it is queried; unique in the table. */
  name: string;
  type: ColumnType;
  /**
   * How text becomes a value where the type alone does not say it. For dates and times a strptime pattern (`%d/%m/%Y`);
   * for numbers `1,234.50`, `1.234,50`, `1 234,50`, `$1.50` or `10%` styles; for booleans `yes/no` and its like.
   */
  format?: string | undefined;
  /** Texts that mean NULL besides the empty field: `NA`, `-`, `n/a`. */
  null_values?: string[] | undefined;
  /** True when the column is left out of the table. */
  drop?: boolean | undefined;
}

/** What a submit applies to every row. */
export interface Contract {
  dialect: Dialect;
  /** One entry for each column of the file, in the file's order. */
  columns: ContractColumn[];
}
