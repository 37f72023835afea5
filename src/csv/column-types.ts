import type { ColumnType } from './contract.js';
import { allOf, decimalFor, isAmount, NumberColumn, reasonToStayText } from './number-columns.js';
import { numberStyle, readNumber, type NumberParts } from './number-style.js';
import { accepting, candidatesFor, otherReading, type Candidate } from './type-candidates.js';
import { createValueReader, decimalSize, type TypedColumn } from './value-reader.js';

export interface InferredType {
  readonly type: ColumnType;
  readonly format: string | undefined;
  /** Texts that stand for NULL in this column, as they are written; only in columns that are no text. */
  readonly nullValues: readonly string[];
  /** Whether one of the rows holds an empty field or a null text. */
  readonly nullable: boolean;
  /** Why the type is what it is. */
  readonly evidence: string;
  /** Formats between which the rows do not decide; the type is then `varchar`. */
  readonly ambiguousFormats: readonly string[];
}

const NULL_TEXTS = new Set([
  'na',
  'n/a',
  '#n/a',
  '#na',
  '-',
  '--',
  'null',
  '#null!',
  'nan',
  '#nan',
  'none',
  'nil',
  '\\n',
  '#value!',
  '#div/0!',
  '#ref!',
  '?',
]);
/** Such pairs are only taken for truth values when both are there: a column of nothing but `NO` may be Norway. */
const ONE_SIDE_IS_ENOUGH = 'true/false';

/**
 * Infers the type of a column from its values, one after the other, in constant memory. Works on a sample and on a
 * whole file alike.
 */
export class TypeAccumulator {
  private readonly nullTexts = new Set<string>();
  private readonly booleansSeen = new Set<string>();
  private values = 0;
  private nullable = false;
  private numbers: NumberColumn | undefined;
  private candidates: Candidate[] = [];
  private misfit: string | undefined;
  private decided: string | undefined;

  /** `decimal` is the file's decimal mark; it decides what `1,234` and `1.234` mean when the column does not. */
  constructor(private readonly decimal: '.' | ',' = '.') {}

  /** Rows count from 1, the header not counted. A field that a short row lacks is `null`. */
  add(text: string | null, row: number): void {
    const value = text?.trim() ?? '';
    if (value === '' || NULL_TEXTS.has(value.toLowerCase())) {
      this.nullable = true;
      if (value !== '') this.nullTexts.add(value);
    } else if (this.misfit === undefined) this.addValue(value, row);
  }

  finish(): InferredType {
    if (this.misfit !== undefined) return this.text(this.misfit);
    if (this.values === 0)
      return this.text(
        this.nullTexts.size > 0 ? 'no value besides texts that mean NULL' : 'there is no value to judge by',
      );
    return this.numbers ? this.finishNumbers(this.numbers) : this.finishCandidates();
  }

  private addValue(value: string, row: number): void {
    this.values++;
    if (this.values === 1) this.begin(value);
    if (this.numbers) {
      if (!this.numbers.add(value, row)) this.giveUp(value, row, this.values === 1 ? undefined : 'a number');
      return;
    }
    const left = accepting(this.candidates, value);
    if (left.length === 0) return this.giveUp(value, row, this.candidates[0]?.type);
    if (left[0]?.type === 'boolean') this.booleansSeen.add(value.toLowerCase());
    if (left.length < this.candidates.length) this.decided ??= value;
    this.candidates = left;
  }

  private begin(value: string): void {
    this.candidates = candidatesFor(value);
    if (this.candidates.length === 0) this.numbers = new NumberColumn(value, this.decimal);
  }

  private giveUp(value: string, row: number, was: string | undefined): void {
    const shown = excerpt(value);
    const reason = reasonToStayText(value);
    const name = row.toLocaleString('en');
    if (reason) this.misfit = `row ${name} ${excerpt(reason)}`;
    else
      this.misfit = was
        ? `row ${name} is the first that is not ${withArticle(was)}: ${shown}`
        : `row ${name} is text: ${shown}`;
  }

  private finishNumbers(numbers: NumberColumn): InferredType {
    const found = numbers.finish();
    if (!found) return this.text('the numbers have more digits than any number type keeps');
    return this.result(found.type, found.format, found.evidence);
  }

  private finishCandidates(): InferredType {
    const chosen = this.candidates.find(({ type, format }) => type !== 'boolean' || this.isDecided(format));
    if (!chosen)
      return this.text(
        `all values are ${[...this.booleansSeen].join(' or ')}, which alone does not tell true from false`,
      );
    const { type, format } = chosen;
    const other = type !== 'boolean' && format !== undefined ? otherReading(format) : undefined;
    if (
      format !== undefined &&
      this.candidates.some((candidate) => candidate.format === other && other !== undefined)
    ) {
      const formats = [format, other ?? format];
      return {
        ...this.text(`every day is at most 12, so ${formats.join(' and ')} both fit`),
        ambiguousFormats: formats,
      };
    }
    const written = format === undefined ? '' : ` written as ${format}`;
    const decided =
      this.decided !== undefined && other !== undefined ? `; ${this.decided} decides which number is the day` : '';
    return this.result(type, format, `${allOf(this.values)} are of type ${type}${written}${decided}`);
  }

  private isDecided(format: string | undefined): boolean {
    return format === ONE_SIDE_IS_ENOUGH || this.booleansSeen.size === 2;
  }

  private text(evidence: string): InferredType {
    return { ...this.result('varchar', undefined, evidence), nullValues: [] };
  }

  private result(type: ColumnType, format: string | undefined, evidence: string): InferredType {
    return { type, format, evidence, nullable: this.nullable, nullValues: [...this.nullTexts], ambiguousFormats: [] };
  }
}

/** The type of a column from some of its values; `null` stands for a field that is not there. */
export function inferColumnType(values: Iterable<string | null>, decimal: '.' | ',' = '.'): InferredType {
  const accumulator = new TypeAccumulator(decimal);
  let row = 0;
  for (const value of values) accumulator.add(value, ++row);
  return accumulator.finish();
}

export interface TypeChange {
  readonly type: ColumnType;
  readonly format: string | undefined;
  readonly nullValues: readonly string[];
  readonly evidence: string;
}

export interface WidenContext {
  /** The row of the value, from 1, the header not counted. */
  readonly row: number;
  /** Most digits before the decimal mark in the column, when known: up to 15 a double is exact enough, else a decimal is used. */
  readonly integerDigits?: number | undefined;
}

/**
 * The next wider type for a column in which a value turned up that does not fit it; undefined when the value fits.
 * Stricter than `fits`: a number with leading zeros makes the column text instead of losing them. Text is the widest
 * type, so widening again and again ends. A text such as `NA` does not widen the type but becomes a null text.
 */
export function widen(column: TypedColumn, text: string, context: WidenContext): TypeChange | undefined {
  const value = createValueReader(column)(text);
  const trimmed = text.trim();
  const parts = numberIn(column, trimmed);
  if (value === null || (value !== undefined && (!parts || isAmount(parts)))) return undefined;
  const row = context.row.toLocaleString('en');
  const { type: current, format, null_values: nullValues = [] } = column;
  if (NULL_TEXTS.has(trimmed.toLowerCase())) {
    const evidence = `row ${row} is the first with ${trimmed}, which is read as NULL`;
    return { type: current, format, nullValues: [...nullValues, trimmed], evidence };
  }
  const type = (parts && widerNumber(current, parts, context.integerDigits ?? 18)) ?? widerMoment(column, text);
  const reason = reasonToStayText(trimmed) ?? `is the first that is not ${withArticle(current)}: ${trimmed}`;
  const evidence = `row ${row} ${excerpt(reason)}`;
  return type === 'varchar'
    ? { type, format: undefined, nullValues: [], evidence }
    : { type, format, nullValues, evidence };
}

function numberIn({ type, format }: TypedColumn, text: string): NumberParts | undefined {
  const style = type === 'bigint' || type === 'double' || decimalSize(type) ? numberStyle(format) : undefined;
  return style && readNumber(text, style);
}

function widerNumber(type: ColumnType, parts: NumberParts, columnDigits: number): ColumnType | undefined {
  if (!isAmount(parts) || type === 'double') return undefined;
  const scale = Math.max(decimalSize(type)?.scale ?? 0, parts.fraction.length);
  const digits = Math.max(columnDigits, parts.integer.length);
  if (scale === decimalSize(type)?.scale && parts.exponent === '') return decimalFor(digits, scale);
  if (digits <= 15) return 'double';
  return parts.exponent === '' ? decimalFor(digits, scale) : undefined;
}

function widerMoment({ type, format }: TypedColumn, text: string): ColumnType {
  const isTimestamp =
    type === 'date' && format === undefined && createValueReader({ type: 'timestamp' })(text) !== undefined;
  return isTimestamp ? 'timestamp' : 'varchar';
}

function withArticle(type: string): string {
  if (type === 'bigint') return 'an integer';
  return type.startsWith('a ') ? type : `a ${type}`;
}

function excerpt(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
