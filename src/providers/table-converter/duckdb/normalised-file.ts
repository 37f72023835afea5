import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialect } from '../../../csv/contract.js';
import { type CsvRow, RecordReader } from '../../../csv/records.js';
import type { CsvTable } from './csv-table.js';
import { sourceText, type SourceFile } from './source-text.js';

/** A file made over so that the engine cannot misread it, and what was left out of it. */
export interface NormalisedFile {
  readonly table: CsvTable;
  /** CSV without header, of the rows that are no rows of the table: `line,value,reason`. */
  readonly strayRows: CsvTable;
  /** Data rows of the source, as the CSV reader counts them. */
  readonly rows: number;
  /** Rows of `strayRows`. */
  readonly strays: number;
}

export interface NormaliseOptions {
  readonly source: SourceFile;
  readonly dialect: Dialect;
  /** Number of fields of a regular row. */
  readonly width: number;
  /** Receives the two files. */
  readonly directory: string;
  readonly signal: AbortSignal;
  onProgress(fraction: number, rows: number): void;
}

const EXCERPT_CHARACTERS = 1_000;
const UNDECODABLE = '\uFFFD';

/** Reads the source as the preview does and writes its rows as plain UTF-8 CSV, each with its row number and line. */
export async function normalise(options: NormaliseOptions): Promise<NormalisedFile> {
  const { source, dialect, directory, signal, onProgress } = options;
  const writer = new RowWriter(options, join(directory, 'rows.csv'), join(directory, 'strays.csv'));
  const reader = new RecordReader(dialect);
  try {
    for await (const { text, fraction } of sourceText(source)) {
      signal.throwIfAborted();
      writer.sawText(text);
      writer.add(reader.push(text));
      onProgress(fraction, writer.rows);
    }
    const last = reader.end();
    writer.add(last, new Set(reader.report().unclosedQuotes.map(({ line }) => line)));
    return writer.finish();
  } finally {
    writer.close();
  }
}

class RowWriter {
  rows = 0;
  private readonly regular: CsvFile;
  private readonly stray: CsvFile;
  private headerPending: boolean;
  private mayBeUndecodable = false;

  constructor(
    private readonly options: NormaliseOptions,
    rowsPath: string,
    straysPath: string,
  ) {
    this.headerPending = options.dialect.header;
    this.regular = new CsvFile(rowsPath);
    this.stray = new CsvFile(straysPath);
  }

  sawText(text: string): void {
    this.mayBeUndecodable ||= text.includes(UNDECODABLE);
  }

  add(rows: readonly CsvRow[], unclosed: ReadonlySet<number> = new Set()): void {
    for (const row of rows) {
      if (this.headerPending) this.headerPending = false;
      else this.addRow(row, unclosed.has(row.line));
    }
  }

  finish(): NormalisedFile {
    this.regular.flush();
    this.stray.flush();
    const { width } = this.options;
    return {
      table: { ...this.regular.table(width + 2), offset: 2, positions: { row: 'p0::BIGINT', line: 'p1::BIGINT' } },
      strayRows: this.stray.table(3),
      rows: this.rows,
      strays: this.stray.rows,
    };
  }

  close(): void {
    this.regular.close();
    this.stray.close();
  }

  private addRow({ line, fields }: CsvRow, isUnclosed: boolean): void {
    this.rows++;
    const reason = this.whyStray(fields, isUnclosed);
    if (reason === undefined) this.regular.add([this.rows, line], fields, this.options.width);
    else this.stray.add([line], [fields.join(this.options.dialect.delimiter).slice(0, EXCERPT_CHARACTERS), reason], 2);
  }

  private whyStray(fields: readonly string[], isUnclosed: boolean): string | undefined {
    const { width, dialect } = this.options;
    if (isUnclosed) return 'a quote opens here and is never closed';
    if (this.mayBeUndecodable && fields.some((field) => field.includes(UNDECODABLE))) {
      return `has bytes that mean nothing in ${dialect.encoding}`;
    }
    if (fields.length < width) return `${fields.length} of ${width} fields`;
    const surplus = fields.length - width;
    if (surplus > 0 && fields.slice(width).some((field) => field !== ''))
      return `${fields.length} fields for ${width} columns`;
    return undefined;
  }
}

const FLUSH_CHARACTERS = 1 << 19;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Writes rows as RFC 4180 has them, synchronously: nothing piles up, however fast rows come. */
class CsvFile {
  rows = 0;
  private readonly descriptor: number;
  private pending = '';
  private longestRow = 0;

  constructor(private readonly path: string) {
    this.descriptor = openSync(path, 'wx');
  }

  add(positions: readonly number[], fields: readonly string[], width: number): void {
    let text = positions.join();
    for (let index = 0; index < width; index++) text += `,${escaped(fields[index] ?? '')}`;
    // A character takes at most three bytes per UTF-16 unit.
    this.longestRow = Math.max(this.longestRow, text.length * 3);
    this.pending += `${text}\n`;
    this.rows++;
    if (this.pending.length > FLUSH_CHARACTERS) this.flush();
  }

  table(fields: number): CsvTable {
    return {
      path: this.path,
      fields,
      delimiter: ',',
      quote: '"',
      skip: 0,
      newline: '\n',
      offset: 0,
      longestRow: this.longestRow,
    };
  }

  flush(): void {
    writeFileSync(this.descriptor, this.pending);
    this.pending = '';
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

function escaped(field: string): string {
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
