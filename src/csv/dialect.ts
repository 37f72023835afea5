import { problem } from '../platform/errors/problem.js';
import type { Dialect } from './contract.js';
import { detectDecimalMark } from './decimal-mark.js';
import { dialectFaults, type DialectFault } from './dialect-rules.js';
import { detectSeparators } from './delimiter.js';
import { countPreambleRows, detectHeader, type HeaderGuess } from './layout.js';
import { RecordReader, type CsvRow, type RecordFormat, type RecordReport } from './records.js';
import type { NewlineCounts } from './text-tidier.js';

export class InvalidDialect extends problem({
  slug: 'invalid-dialect',
  title: 'The file cannot be read with these settings',
  status: 400,
  help: 'The delimiter is one character, the quote one other character or empty. Leave a setting out to have it detected.',
}) {
  constructor(faults: readonly DialectFault[]) {
    super(faults.map(({ detail }) => detail).join(' '), {
      errors: faults.map(({ part, detail }) => ({ pointer: `?${part}`, detail })),
    });
  }
}

/** The parts of a dialect that say how text becomes rows; the encoding comes before, the compression before that. */
export type TextDialect = Omit<Dialect, 'encoding' | 'compression'>;
export type DialectEvidence = Readonly<Record<keyof TextDialect, string>>;

export interface TextDialectGuess {
  readonly dialect: TextDialect;
  readonly evidence: DialectEvidence;
}

export interface DetectionOptions {
  /** Whether the text is the whole file. */
  readonly complete: boolean;
  /** Parts that a person has decided: taken as given, and the rest is detected under them. */
  readonly overrides?: Partial<TextDialect> | undefined;
}

/** 64K characters hold enough rows to judge by and take a few milliseconds. */
const SAMPLE_CHARACTERS = 65_536;
const SEPARATOR_LINE = /^sep=([^\r\n"])(\r\n?|\n|$)/i;
const NEWLINE_NAMES = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' } as const;

/** Finds how text is divided into rows and fields, each part with the reason. Throws `InvalidDialect` for impossible overrides. */
export function detectDialect(text: string, { complete, overrides = {} }: DetectionOptions): TextDialectGuess {
  const faults = dialectFaults(overrides);
  if (faults.length > 0) throw new InvalidDialect(faults);
  const sampled = text.slice(0, SAMPLE_CHARACTERS);
  const whole = complete && sampled.length === text.length;
  const separatorLine = SEPARATOR_LINE.exec(sampled);
  const announced = overrides.delimiter === undefined ? separatorLine?.[1] : undefined;
  const body = separatorLine ? sampled.slice(separatorLine[0].length) : sampled;
  const separators = detectSeparators(plainLines(body, whole), {
    delimiter: overrides.delimiter ?? announced,
    quote: overrides.quote,
  });
  const format = { ...separators, skip_rows: overrides.skip_rows ?? (separatorLine ? 1 : 0) };
  const { rows, report } = readSample(sampled, format, whole);
  const layout = detectLayout(rows, format.skip_rows, overrides);
  const decimal = detectDecimalMark(layout.data.map(({ fields }) => fields));
  const newline = detectNewline(report.newlines);
  return {
    dialect: {
      delimiter: separators.delimiter,
      quote: separators.quote,
      header: overrides.header ?? layout.header.header,
      decimal: overrides.decimal ?? decimal.decimal,
      newline: overrides.newline ?? newline.newline,
      skip_rows: layout.skipRows,
    },
    evidence: {
      delimiter: announced === undefined ? separators.delimiterEvidence : `the first line says sep=${announced}`,
      quote: separators.quoteEvidence,
      header: overrides.header === undefined ? layout.header.evidence : 'given',
      decimal: overrides.decimal === undefined ? decimal.evidence : 'given',
      newline: overrides.newline === undefined ? newline.evidence : 'given',
      skip_rows: overrides.skip_rows === undefined ? layout.evidence : 'given',
    },
  };
}

/** The sample with `\n` newlines and without the row that is cut at its end. */
function plainLines(sample: string, whole: boolean): string {
  const text = sample.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '');
  if (whole) return text;
  const lastNewline = text.lastIndexOf('\n');
  return lastNewline < 0 ? text : text.slice(0, lastNewline + 1);
}

function readSample(sample: string, format: RecordFormat, whole: boolean): { rows: CsvRow[]; report: RecordReport } {
  const reader = new RecordReader(format);
  const rows = reader.push(sample);
  if (whole || rows.length === 0) rows.push(...reader.end());
  return { rows, report: reader.report() };
}

interface Layout {
  readonly skipRows: number;
  readonly evidence: string;
  readonly header: HeaderGuess;
  readonly data: readonly CsvRow[];
}

function detectLayout(rows: readonly CsvRow[], skipped: number, overrides: Partial<TextDialect>): Layout {
  const preamble = overrides.skip_rows === undefined ? countPreambleRows(rows) : 0;
  const body = rows.slice(preamble);
  const header = detectHeader(body);
  const first = body[0];
  const skipRows = overrides.skip_rows ?? (first ? first.line - 1 : skipped);
  const data = (overrides.header ?? header.header) ? body.slice(1) : body;
  return { skipRows, evidence: explainSkip(skipRows, preamble), header, data };
}

function explainSkip(skipRows: number, preamble: number): string {
  if (skipRows === 0) return 'the table begins at line 1';
  const what = preamble > 0 ? 'titles, notes or blank lines' : 'no data';
  return `the first ${skipRows === 1 ? 'line holds' : `${skipRows} lines hold`} ${what}`;
}

function detectNewline({ lf, crlf, cr }: NewlineCounts): { newline: Dialect['newline']; evidence: string } {
  const counts = (
    [
      ['\n', lf],
      ['\r\n', crlf],
      ['\r', cr],
    ] as const
  ).toSorted((a, b) => b[1] - a[1]);
  const [newline, count] = counts[0] ?? ['\n', 0];
  const others = lf + crlf + cr - count;
  if (count === 0) return { newline: '\n', evidence: 'there is no newline' };
  const evidence =
    others === 0
      ? `all lines end with ${NEWLINE_NAMES[newline]}`
      : `${count} lines end with ${NEWLINE_NAMES[newline]}, ${others} otherwise`;
  return { newline, evidence };
}
