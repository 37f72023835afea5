import Papa from 'papaparse';
import { looksLikeOneValue, looksTyped } from './cell-shapes.js';

export interface SeparatorGuess {
  readonly delimiter: string;
  readonly quote: string;
  readonly delimiterEvidence: string;
  readonly quoteEvidence: string;
}

export interface GivenSeparators {
  readonly delimiter?: string | undefined;
  readonly quote?: string | undefined;
}

/** How much a candidate counts: blanks and colons often stand inside values. */
const DELIMITERS = new Map([
  [',', 1],
  [';', 1],
  ['\t', 1],
  ['|', 1],
  [' ', 0.6],
  [':', 0.4],
]);
const NAMES = new Map([
  ['\t', 'tabs'],
  [' ', 'spaces'],
]);
const SINGLE_QUOTED = /(^|[,;\t|\n ])'[^'\n]*'([,;\t|\n]|$)/;
const SAMPLE_ROWS = 200;

interface Candidate {
  readonly delimiter: string;
  readonly quote: string;
  readonly score: number;
  readonly width: number;
  readonly rowsOfWidth: number;
  readonly rows: number;
}

/**
 * Finds the delimiter and the quote under which rows have the same width and cells look like values. `sample` has
 * `\n` newlines only and ends at the end of a row.
 */
export function detectSeparators(sample: string, given: GivenSeparators): SeparatorGuess {
  let best: Candidate | undefined;
  for (const quote of candidateQuotes(sample, given)) {
    for (const delimiter of candidateDelimiters(sample, given)) {
      const candidate = judge(sample, delimiter, quote);
      if (candidate && candidate.score > (best?.score ?? 0)) best = candidate;
    }
  }
  const delimiter = given.delimiter ?? best?.delimiter ?? ',';
  const quote = given.quote ?? best?.quote ?? '"';
  return {
    delimiter,
    quote,
    delimiterEvidence: explain(best, given),
    quoteEvidence: explainQuote(sample, quote, given),
  };
}

function candidateQuotes(sample: string, { quote }: GivenSeparators): string[] {
  if (quote !== undefined) return [quote];
  return SINGLE_QUOTED.test(sample) ? ['"', "'"] : ['"'];
}

function candidateDelimiters(sample: string, { delimiter }: GivenSeparators): string[] {
  return delimiter === undefined ? [...DELIMITERS.keys()].filter((each) => sample.includes(each)) : [delimiter];
}

/** Consistency of row widths times the squared share of cells that look like one value. */
function judge(sample: string, delimiter: string, quote: string): Candidate | undefined {
  const rows = split(sample, delimiter, quote);
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  const [width, rowsOfWidth] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  if (width < 2 || (isWeak(delimiter) && !isConvincing(rows, width, rowsOfWidth, delimiter))) return undefined;
  let consistency = 0;
  for (const [fields, count] of widths) consistency += count * Math.max(0.001, (fields - 1) / fields);
  const share = shareOfValues(rows);
  const weight = (DELIMITERS.get(delimiter) ?? 1) * (quote === "'" ? 1.0001 : 1);
  const score = (consistency / Math.sqrt(widths.size)) * share * share * weight;
  return { delimiter, quote, score, width, rowsOfWidth, rows: rows.length };
}

/** Rows of a sample, blanks before a quote and blank lines left out. */
function split(sample: string, delimiter: string, quote: string): string[][] {
  const quoting = quote === '' ? { fastMode: true } : { quoteChar: quote, escapeChar: quote };
  const text =
    quote !== '' && delimiter !== ' ' ? sample.replaceAll(`${delimiter} ${quote}`, delimiter + quote) : sample;
  const parser = new Papa.Parser({ delimiter, newline: '\n', preview: SAMPLE_ROWS, ...quoting });
  const { data } = parser.parse(text, 0, false) as Papa.ParseResult<string[]>;
  return data.filter((row) => row.length > 1 || row[0]?.trim() !== '');
}

function shareOfValues(rows: readonly string[][]): number {
  let cells = 0;
  let values = 0;
  for (const row of rows) {
    cells += row.length;
    for (const cell of row) if (looksLikeOneValue(cell)) values++;
  }
  return Math.max(1e-10, values / cells);
}

function isWeak(delimiter: string): boolean {
  return delimiter === ' ' || delimiter === ':';
}

/** Blanks and colons must split nearly every row alike, and not break up what is a date, a time or a sentence. */
function isConvincing(rows: readonly string[][], width: number, rowsOfWidth: number, delimiter: string): boolean {
  if (rowsOfWidth < rows.length * 0.9) return false;
  const whole = rows.filter((row) => looksTyped(row.join(delimiter))).length;
  if (whole > rows.length * 0.5) return false;
  return (
    delimiter !== ' ' ||
    Array.from({ length: width }, (_, index) => index).some((index) => typedShare(rows, index) > 0.7)
  );
}

function typedShare(rows: readonly string[][], index: number): number {
  return rows.filter((row) => looksTyped(row[index] ?? '')).length / rows.length;
}

function explain(best: Candidate | undefined, given: GivenSeparators): string {
  if (given.delimiter !== undefined) return 'given';
  if (!best) return 'nothing splits the rows evenly, so there is one column';
  const name = NAMES.get(best.delimiter) ?? best.delimiter;
  return `${best.rowsOfWidth} of ${best.rows} rows have ${best.width} fields when split at ${name}`;
}

function explainQuote(sample: string, quote: string, given: GivenSeparators): string {
  if (given.quote !== undefined) return 'given';
  return sample.includes(quote)
    ? `fields are quoted with ${quote}`
    : `no quoted field was seen; ${quote} is the usual quote`;
}
