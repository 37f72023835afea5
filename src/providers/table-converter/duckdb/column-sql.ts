import type { ColumnType } from '../../../csv/contract.js';
import { isPlain, numberPattern, numberStyle, type NumberStyle } from '../../../csv/number-style.js';
import { strptime } from '../../../csv/strptime.js';
import { decimalSize, type TypedColumn } from '../../../csv/value-reader.js';
import { sqlText } from '../../duckdb-workers/engine-session.js';

/**
 * SQL that reads the texts of one column, cell by cell as `createValueReader` does: the engine's own casts round,
 * guess and forgive ('1.5' is the integer 2, '2021-01-05x' a date), so each is guarded.
 */
export interface ColumnSql {
  /** Expressions with their names, computed once per cell ahead of the others, which refer to them. */
  readonly computed: readonly string[];
  /** Whether the text stands for NULL. */
  readonly isNull: string;
  /** The value, NULL where the text stands for it, and `onMisfit` where the text does not fit. */
  value(onMisfit: string): string;
}

export interface ColumnSqlOptions {
  /** Expression of the text, which is NULL for an empty field. */
  readonly text: string;
  /** Names for what is computed ahead: the cast, and the text without blanks around it. */
  readonly cast: string;
  readonly trimmed: string;
  /** Saves memory rather than time: every expression takes some for each column, used or not. */
  readonly lean: boolean;
  /** Whether numbers that look like names (leading zeros, more than 18 digits) do not fit: so where nobody fixed the type. */
  readonly amountsOnly: boolean;
}

/** How one type is read: most cells pass the quick test, the others are looked at with care. */
interface Reading {
  readonly quick?: QuickReading;
  /** The value of the trimmed text, NULL when it does not fit. */
  readonly careful: string;
}

interface QuickReading {
  /** Type of the cast that the test looks at. */
  readonly sqlType: string;
  /** True only where `value` is right; may be false or NULL for values that fit. */
  readonly test: string;
  /** The cast itself when absent. */
  readonly value?: string;
}

/** What `String.prototype.trim` removes. */
const BLANKS =
  '\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF';
const NAME_LIKE = String.raw`[+-]?(?:0[0-9].*|[0-9]{19,}\.?)`;
const CLOCK = String.raw`(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6}0*)?)?`;
const SECONDS = String.raw`(?:[01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6}0*)?`;
const DAY = '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}';
const OFFSET = '(?:Z|[+-](?:0[0-9]|1[0-8])(?::?[0-5][0-9])?)';

export function columnSql(column: TypedColumn, options: ColumnSqlOptions): ColumnSql {
  const { text, cast, trimmed, lean } = options;
  const nulls = column.null_values ?? [];
  if (column.type === 'varchar') return textSql(text, nulls);
  const reading = readingOf(column, options);
  const computedCast = reading.quick ? [`TRY_CAST(${text} AS ${reading.quick.sqlType}) AS ${cast}`] : [];
  if (reading.quick && !lean) {
    // Few cells get past the quick test: they are trimmed when they do.
    const inline = { ...options, trimmed: trimmedSql(text) };
    return { computed: computedCast, ...valueSql(inline, nulls, readingOf(column, inline)) };
  }
  const computed = [...computedCast, `${trimmedSql(text)} AS ${trimmed}`];
  return { computed, ...valueSql(options, nulls, reading) };
}

function textSql(text: string, nulls: readonly string[]): ColumnSql {
  if (nulls.length === 0) return { computed: [], isNull: `${text} IS NULL`, value: () => text };
  const isNull = `(${text} IS NULL OR ${isOneOf(text, nulls)})`;
  return { computed: [], isNull, value: () => `CASE WHEN ${isNull} THEN NULL ELSE ${text} END` };
}

function valueSql({ text, trimmed, cast }: Cell, nulls: readonly string[], { quick, careful }: Reading) {
  const isNull = `(${text} IS NULL OR ${isOneOf(trimmed, ['', ...nulls])})`;
  const nullArm = `WHEN ${isNull} THEN NULL`;
  const quickArm = quick ? `WHEN ${quick.test} THEN ${quick.value ?? cast}` : '';
  // A null text may look like a value.
  const arms = nulls.length === 0 ? `${quickArm} ${nullArm}` : `${nullArm} ${quickArm}`;
  return { isNull, value: (onMisfit: string) => `CASE ${arms} ELSE coalesce(${careful}, ${onMisfit}) END` };
}

/** No IN: the engine makes a join of a long list, and loses sight of how far it is. */
function isOneOf(text: string, values: readonly string[]): string {
  const [first = '', ...others] = values;
  if (others.length === 0) return `${text} = ${sqlText(first)}`;
  return `list_contains([${values.map(sqlText).join(', ')}], ${text})`;
}

/** A regular expression takes a sixth of the time that the engine's `trim` takes with a list of blanks. */
function trimmedSql(text: string): string {
  return `regexp_replace(${text}, ${sqlText(`^[${BLANKS}]+|[${BLANKS}]+$`)}, '', 'g')`;
}

interface Cell {
  readonly text: string;
  readonly trimmed: string;
  readonly cast: string;
  readonly amountsOnly: boolean;
}

function readingOf(column: TypedColumn, cell: Cell): Reading {
  const { type, format } = column;
  switch (type) {
    case 'boolean':
      return booleans(cell, format);
    case 'date':
      return format === undefined ? dates(cell) : patterned(cell, format, 'DATE');
    case 'timestamp':
      return format === undefined ? timestamps(cell) : patterned(cell, format, 'TIMESTAMP');
    case 'timestamp with time zone':
      return format === undefined ? zoned(cell) : patterned(cell, format, 'TIMESTAMPTZ');
    case 'time':
      return format === undefined ? times(cell) : patterned(cell, format, 'TIME');
    case 'json':
      return jsonTexts(cell);
    default:
      return numbers(cell, type, format);
  }
}

function numbers(cell: Cell, type: ColumnType, format: string | undefined): Reading {
  const style = numberStyle(format);
  if (!style) throw new RangeError(`There is no number style ${format}.`);
  const careful = carefulNumber(cell, type, style);
  return isPlain(style) ? { quick: quickNumber(cell, type), careful } : { careful };
}

function carefulNumber({ trimmed, amountsOnly }: Cell, type: ColumnType, style: NumberStyle): string {
  const number = plainNumber(trimmed, style);
  const { pattern, value } = numberAs(type, number);
  const tests = [
    matches(trimmed, numberPattern(style)),
    ...(pattern === undefined ? [] : [matches(number, pattern)]),
    ...(amountsOnly ? [`NOT ${matches(number, NAME_LIKE)}`] : []),
  ];
  return `CASE WHEN ${tests.join(' AND ')} THEN ${value} END`;
}

/** The number without groups, signs of currency and blanks, with a point. */
function plainNumber(text: string, style: NumberStyle): string {
  if (isPlain(style)) return text;
  const bare = `translate(${text}, ${sqlText(`$€£¥%+'${BLANKS}`)}, '')`;
  const ungrouped = style.group === ',' || style.group === '.' ? `replace(${bare}, ${sqlText(style.group)}, '')` : bare;
  return style.decimal === ',' ? `replace(${ungrouped}, ',', '.')` : ungrouped;
}

function numberAs(type: ColumnType, number: string): { pattern?: string; value: string } {
  const size = decimalSize(type);
  if (size) {
    const { precision, scale } = size;
    const pattern = String.raw`[+-]?0*[0-9]{0,${precision - scale}}(?:\.[0-9]{0,${scale}}0*)?`;
    return { pattern, value: `TRY_CAST(${number} AS DECIMAL(${precision},${scale}))` };
  }
  if (type === 'bigint') {
    // The smallest BIGINT is left out: its absolute value is none.
    return {
      pattern: String.raw`[+-]?[0-9]+\.?`,
      value: `nullif(TRY_CAST(${number} AS BIGINT), -9223372036854775808)`,
    };
  }
  const value = `TRY_CAST(${number} AS DOUBLE)`;
  return { value: `CASE WHEN isfinite(${value}) THEN ${unsignedZero(value)} END` };
}

function quickNumber({ text, cast }: Cell, type: ColumnType): QuickReading {
  const canonical = `${cast}::VARCHAR = ${text}`;
  if (type === 'bigint') {
    return { sqlType: 'BIGINT', test: `strlen(${text}) <= 18 AND ${canonical}` };
  }
  if (type !== 'double') return { sqlType: type, test: `strlen(${text}) <= 18 AND ${canonical}` };
  const leadingZero = ['0', '-0'].map((zero) => `NOT (prefix(${text}, '${zero}') AND NOT prefix(${text}, '${zero}.'))`);
  const unusual = ['_', 'e', 'E'].map((character) => `NOT contains(${text}, '${character}')`);
  // Blanks and the plus sign sort before the minus sign.
  const tests = [`isfinite(${cast})`, `strlen(${text}) <= 18`, `${text} >= '-'`, ...leadingZero, ...unusual];
  return { sqlType: 'DOUBLE', test: tests.join(' AND '), value: unsignedZero(cast) };
}

function unsignedZero(double: string): string {
  return `${double} + 0::DOUBLE`;
}

function booleans({ text, trimmed, cast }: Cell, format = 'true/false'): Reading {
  const [truth = '', falsehood = ''] = format.toLowerCase().split('/');
  const careful = `CASE lower(${trimmed}) WHEN ${sqlText(truth)} THEN true WHEN ${sqlText(falsehood)} THEN false END`;
  const isUsual = truth === 'true' && falsehood === 'false';
  return isUsual ? { quick: { sqlType: 'BOOLEAN', test: `${cast}::VARCHAR = lower(${text})` }, careful } : { careful };
}

function dates(cell: Cell): Reading {
  const { text, cast, trimmed } = cell;
  return {
    quick: { sqlType: 'DATE', test: `strlen(${text}) = 10 AND ${cast}::VARCHAR = ${text}` },
    careful: guarded(cell, DAY, inYears(`TRY_CAST(${trimmed} AS DATE)`, 'DATE')),
  };
}

function timestamps(cell: Cell): Reading {
  const { text, cast, trimmed } = cell;
  const careful = guarded(cell, `${DAY}(?:[T ]${CLOCK})?`, inYears(`TRY_CAST(${trimmed} AS TIMESTAMP)`, 'TIMESTAMP'));
  const hasT = `strlen(${text}) = 19 AND ${cast}::VARCHAR = replace(${text}, 'T', ' ')`;
  return {
    quick: { sqlType: 'TIMESTAMP', test: `strlen(${text}) = 19 AND ${cast}::VARCHAR = ${text}` },
    careful: `CASE WHEN ${hasT} THEN ${cast} ELSE ${careful} END`,
  };
}

function zoned(cell: Cell): Reading {
  const value = `TRY_CAST(${cell.trimmed} AS TIMESTAMPTZ)`;
  return { careful: guarded(cell, `${DAY}[T ]${SECONDS}${OFFSET}`, inYears(value, 'TIMESTAMPTZ')) };
}

function times(cell: Cell): Reading {
  const { text, cast, trimmed } = cell;
  return {
    quick: {
      sqlType: 'TIME',
      test: `strlen(${text}) = 8 AND ${cast} <= TIME '23:59:59' AND ${cast}::VARCHAR = ${text}`,
    },
    careful: guarded(cell, CLOCK, `TRY_CAST(${trimmed} AS TIME)`),
  };
}

function patterned(cell: Cell, format: string, sqlType: string): Reading {
  const blanksMade1 = `regexp_replace(${cell.trimmed}, ' +', ' ', 'g')`;
  const parsed = `try_strptime(${blanksMade1}, ${sqlText(format)})`;
  const value = sqlType === 'TIME' ? `CAST(${parsed} AS TIME)` : inYears(`CAST(${parsed} AS ${sqlType})`, sqlType);
  return { careful: guarded(cell, `(?i)${strptime(format).source}`, value) };
}

/** The engine allows a comma before a closing bracket, NaN and Infinity; JSON does not. */
function jsonTexts(cell: Cell): Reading {
  const bare = `regexp_replace(${cell.trimmed}, ${sqlText(String.raw`"(?:[^"\\]|\\.)*"`)}, '""', 'g')`;
  const strict = `json_valid(${cell.trimmed}) AND NOT regexp_matches(${bare}, ${sqlText(String.raw`(?i),\s*[}\]]|nan|inf`)})`;
  return { careful: guarded(cell, String.raw`(?s)[{\[].*`, `CASE WHEN ${strict} THEN ${cell.trimmed}::JSON END`) };
}

function inYears(value: string, sqlType: string): string {
  return `CASE WHEN ${withinYears(value, sqlType)} THEN ${value} END`;
}

function withinYears(value: string, sqlType: string): string {
  return `${value} >= ${sqlType} '0001-01-01' AND ${value} < ${sqlType} '10000-01-01'`;
}

function guarded({ trimmed }: Cell, pattern: string, value: string): string {
  return `CASE WHEN ${matches(trimmed, pattern)} THEN ${value} END`;
}

function matches(text: string, pattern: string): string {
  return `regexp_full_match(${text}, ${sqlText(pattern)})`;
}
