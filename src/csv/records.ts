import Papa from 'papaparse';
import { problem } from '../platform/errors/problem.js';
import type { Dialect } from './contract.js';
import { TextTidier, type NewlineCounts, type StrayQuote, type TextPosition } from './text-tidier.js';

export const MAX_COLUMNS = 2_000;
export const MAX_FIELD_CHARACTERS = 2_000_000;
export const MAX_LINE_CHARACTERS = 10_000_000;

export class TooManyColumns extends problem({
  slug: 'too-many-columns',
  title: 'The file has too many columns',
  status: 422,
  help: `A table holds at most ${MAX_COLUMNS} columns. Check the delimiter; if the file really is that wide, split it or turn columns into rows.`,
}) {
  constructor(line: number, columns: number) {
    super(
      `Line ${line} has at least ${columns.toLocaleString('en')} columns; at most ${MAX_COLUMNS.toLocaleString('en')} can be read.`,
    );
  }
}

export class LineTooLong extends problem({
  slug: 'line-too-long',
  title: 'A line of the file is too long',
  status: 422,
  help: 'Usually a closing quote is missing, or the file is not a text table. Mend the line that is named, or set the quote and the delimiter yourself.',
}) {
  constructor(line: number, openQuote: TextPosition | undefined) {
    const cause = openQuote
      ? ` A quoted field opens at line ${openQuote.line}, column ${openQuote.column} and does not end; its closing quote may be missing.`
      : '';
    super(
      `The row that begins at line ${line} has more than ${MAX_LINE_CHARACTERS.toLocaleString('en')} characters.${cause}`,
    );
  }
}

export interface CsvRow {
  /** The physical line where the row begins, from 1. */
  readonly line: number;
  readonly fields: string[];
}

/** What was odd about the text itself. */
export interface RecordReport {
  /** Newlines outside quotes. */
  readonly newlines: NewlineCounts;
  readonly nulCharacters: number;
  readonly nulLine: number | undefined;
  readonly strayQuotes: readonly StrayQuote[];
  /** Quotes that open a field and are never closed; each is read as an ordinary character. */
  readonly unclosedQuotes: readonly TextPosition[];
  /** Fields above `MAX_FIELD_CHARACTERS`; `field` counts from 1. */
  readonly longFields: readonly { readonly line: number; readonly field: number; readonly characters: number }[];
}

export type RecordFormat = Pick<Dialect, 'delimiter' | 'quote' | 'skip_rows'>;

/** Stands for a quote that is an ordinary character while text is split. Decoders never emit a lone surrogate. */
const LITERAL_QUOTE = '\uD800';
const MAX_UNCLOSED_QUOTES = 20;
/** Each unclosed quote means reading the rest again; so much is read again at most. */
const MAX_REREAD_CHARACTERS = 20_000_000;

/**
 * Splits text into rows, piece by piece, with constant memory: `push` returns the rows that are complete, `end` the
 * rest. Blank lines are no rows, but they count as lines. Throws `TooManyColumns` and `LineTooLong`.
 */
export class RecordReader {
  private readonly tidier: TextTidier;
  private readonly unclosedQuotes: TextPosition[] = [];
  private readonly longFields: RecordReport['longFields'][number][] = [];
  private preamble: string | undefined = '';
  private pending = '';
  private retryAt = 0;
  private line: number;

  constructor(private readonly format: RecordFormat) {
    this.line = format.skip_rows + 1;
    this.tidier = new TextTidier(format.delimiter, format.quote, this.line);
  }

  /** Where the quoted field begins in which the text read so far stops. */
  get openQuote(): TextPosition | undefined {
    return this.tidier.openQuote;
  }

  /** The text of the row that is not complete yet. */
  get unfinished(): string {
    return this.pending;
  }

  /** The physical line where that row begins. */
  get nextLine(): number {
    return this.line;
  }

  push(text: string): CsvRow[] {
    return this.split(this.tidier.push(this.afterPreamble(text, false)));
  }

  end(): CsvRow[] {
    const rest = this.tidier.push(this.afterPreamble('', true)) + this.tidier.end();
    const last = rest || this.pending;
    const isComplete = last === '' || last.endsWith('\n') || this.openQuote !== undefined;
    this.retryAt = 0;
    const rows = this.split(isComplete ? rest : `${rest}\n`);
    return this.pending === '' ? rows : [...rows, ...this.splitUnclosed()];
  }

  report(): RecordReport {
    const { newlines, nulCharacters, nulLine, strayQuotes } = this.tidier;
    const { unclosedQuotes, longFields } = this;
    return { newlines, nulCharacters, nulLine, strayQuotes, unclosedQuotes, longFields };
  }

  /** The text after the lines that the dialect skips; empty until they have all been seen. */
  private afterPreamble(text: string, final: boolean): string {
    if (this.preamble === undefined) return text;
    this.preamble += this.tidier.withoutNuls(text, this.preamble.split(/\r\n?|\n/).length);
    const start = startOfLine(this.preamble, this.format.skip_rows + 1);
    const undecided = start === undefined || (start === this.preamble.length && this.preamble.endsWith('\r'));
    if (undecided && !final) return '';
    const rest = start === undefined ? '' : this.preamble.slice(start);
    this.preamble = undefined;
    return rest;
  }

  private split(tidied: string): CsvRow[] {
    this.pending += tidied;
    if (this.pending.length < this.retryAt) return [];
    const { rows, length } = this.parse(this.pending, this.format.quote);
    this.pending = this.pending.slice(length);
    this.retryAt = this.pending.length * 2;
    if (this.pending.length > MAX_LINE_CHARACTERS) throw new LineTooLong(this.line, this.tidier.openQuote);
    return this.numbered(rows, length, this.tidier.sawQuotedNewline);
  }

  private parse(text: string, quote: string): { rows: string[][]; length: number } {
    const quoting = quote === '' ? { fastMode: true } : { quoteChar: quote, escapeChar: quote };
    const parser = new Papa.Parser({ delimiter: this.format.delimiter, newline: '\n', ...quoting });
    const result = parser.parse(text, 0, true) as Papa.ParseResult<string[]>;
    return { rows: result.data, length: result.meta.cursor };
  }

  private numbered(rows: string[][], characters: number, mayHoldNewlines: boolean): CsvRow[] {
    const numbered: CsvRow[] = [];
    for (const fields of rows) {
      const line = this.line;
      this.line += 1 + (mayHoldNewlines ? newlinesIn(fields) : 0);
      if (fields.length === 1 && fields[0]?.trim() === '') continue;
      if (fields.length > MAX_COLUMNS) throw new TooManyColumns(line, fields.length);
      if (characters > MAX_FIELD_CHARACTERS) this.noteLongFields(line, fields);
      numbered.push({ line, fields });
    }
    return numbered;
  }

  private noteLongFields(line: number, fields: readonly string[]): void {
    for (const [index, { length }] of fields.entries()) {
      if (length > MAX_FIELD_CHARACTERS) this.longFields.push({ line, field: index + 1, characters: length });
    }
  }

  /** The text ends inside quotes: reads each quote that never closes as an ordinary character. */
  private splitUnclosed(): CsvRow[] {
    let text = this.pending;
    let quote = this.format.quote;
    let { tidied, tidier } = this.tidyAgain(text, quote);
    while (tidier.openQuote) {
      this.unclosedQuotes.push(this.unclosedQuotes.length === 0 && this.openQuote ? this.openQuote : tidier.openQuote);
      const attempts = this.unclosedQuotes.length;
      if (attempts < MAX_UNCLOSED_QUOTES && attempts * text.length < MAX_REREAD_CHARACTERS) {
        text = this.withLiteralQuote(text, tidier.openQuote);
      } else quote = '';
      ({ tidied, tidier } = this.tidyAgain(text, quote));
    }
    this.pending = '';
    this.addNewlines(tidier.newlines);
    const { rows, length } = this.parse(tidied, quote);
    const literal = rows.map((fields) => fields.map((field) => field.replaceAll(LITERAL_QUOTE, this.format.quote)));
    return this.numbered(literal, length, tidier.sawQuotedNewline);
  }

  private tidyAgain(text: string, quote: string): { tidied: string; tidier: TextTidier } {
    const tidier = new TextTidier(this.format.delimiter, quote, this.line);
    const tidied = tidier.push(text) + tidier.end();
    return { tidied: tidied.endsWith('\n') ? tidied : `${tidied}\n`, tidier };
  }

  private withLiteralQuote(text: string, { line, column }: TextPosition): string {
    const index = (startOfLine(text, line - this.line + 1) ?? 0) + column - 1;
    return text.slice(0, index) + LITERAL_QUOTE + text.slice(index + 1);
  }

  private addNewlines(counts: NewlineCounts): void {
    this.tidier.newlines.lf += counts.lf;
    this.tidier.newlines.crlf += counts.crlf;
    this.tidier.newlines.cr += counts.cr;
  }
}

/** All rows of a whole text. */
export function readRecords(text: string, format: RecordFormat): { rows: CsvRow[]; report: RecordReport } {
  const reader = new RecordReader(format);
  const rows = [...reader.push(text), ...reader.end()];
  return { rows, report: reader.report() };
}

function newlinesIn(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) count += field.match(/\r\n?|\n/g)?.length ?? 0;
  return count;
}

/** Index at which a physical line begins, or undefined when the text has fewer lines. */
function startOfLine(text: string, line: number): number | undefined {
  if (line <= 1) return 0;
  let remaining = line - 1;
  for (const newline of text.matchAll(/\r\n?|\n/g)) {
    remaining--;
    if (remaining === 0) return newline.index + newline[0].length;
  }
  return undefined;
}
