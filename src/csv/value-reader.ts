import type { ContractColumn } from './contract.js';
import {
  isoDate,
  isoTime,
  isoTimestamp,
  isoZoned,
  readIsoDate,
  readIsoTime,
  readIsoTimestamp,
  readIsoZoned,
  type Moment,
} from './moment.js';
import { numberStyle, readNumber, type NumberParts } from './number-style.js';
import { strptime } from './strptime.js';

/** What decides how a column's texts become values. */
export type TypedColumn = Pick<ContractColumn, 'type' | 'format' | 'null_values'>;

/**
 * A value as JSON shows it, exact and always written the same way: integers and decimals as strings of digits,
 * doubles as numbers, dates and times in ISO form (with a zone: in UTC), JSON as its text.
 */
export type DisplayValue = string | number | boolean | null;

/** Returns the value of a text, or undefined when the text does not fit the column. */
export type ValueReader = (text: string) => DisplayValue | undefined;

const MAX_BIGINT = 9_223_372_036_854_775_807n;

/**
 * Prepares the reading of one column. The empty field and the column's null texts are NULL; blanks around a value
 * matter only in text. Throws `RangeError` (or `StrptimeError`) when the format does not suit the type.
 */
export function createValueReader(column: TypedColumn): ValueReader {
  const nulls = new Set(column.null_values);
  if (column.type === 'varchar') return (text) => (text === '' || nulls.has(text) ? null : text);
  const read = readerOf(column);
  return (text) => {
    const trimmed = text.trim();
    return trimmed === '' || nulls.has(trimmed) ? null : read(trimmed);
  };
}

/** Whether the text can be stored in the column without losing anything. */
export function fits(text: string, column: TypedColumn): boolean {
  return createValueReader(column)(text) !== undefined;
}

/** The value of a text in its one canonical form; a text that does not fit the column is returned as it is. */
export function toDisplay(text: string, column: TypedColumn): DisplayValue {
  const value = createValueReader(column)(text);
  return value === undefined ? text : value;
}

/** Precision and scale of `decimal(p,s)`; undefined for every other type. */
export function decimalSize(type: string): { precision: number; scale: number } | undefined {
  const match = /^decimal\((\d{1,2}),(\d{1,2})\)$/.exec(type);
  return match ? { precision: Number(match[1]), scale: Number(match[2]) } : undefined;
}

function readerOf({ type, format }: TypedColumn): ValueReader {
  switch (type) {
    case 'boolean':
      return booleanReader(format);
    case 'bigint':
      return numberReader(format, bigintText);
    case 'double':
      return numberReader(format, doubleValue);
    case 'date':
      return momentReader(format, readIsoDate, isoDate);
    case 'timestamp':
      return momentReader(format, readIsoTimestamp, isoTimestamp);
    case 'timestamp with time zone':
      return momentReader(format, readIsoZoned, isoZoned);
    case 'time':
      return momentReader(format, readIsoTime, isoTime);
    case 'json':
      return (text) => (isJson(text) ? text : undefined);
    case 'varchar':
      return (text) => text;
    default: {
      const size = decimalSize(type);
      if (!size) throw new RangeError(`There is no type ${type}.`);
      return numberReader(format, (parts) => decimalText(parts, size.precision, size.scale));
    }
  }
}

function booleanReader(format = 'true/false'): ValueReader {
  const [truth, falsehood] = format.toLowerCase().split('/');
  return (text) => {
    const lower = text.toLowerCase();
    return lower === truth ? true : lower === falsehood ? false : undefined;
  };
}

function numberReader(
  format: string | undefined,
  value: (parts: NumberParts) => DisplayValue | undefined,
): ValueReader {
  const style = numberStyle(format);
  if (!style) throw new RangeError(`There is no number style ${format}.`);
  return (text) => {
    const parts = readNumber(text, style);
    return parts ? value(parts) : undefined;
  };
}

function momentReader(
  format: string | undefined,
  iso: (text: string) => Moment | undefined,
  show: (value: Moment) => string | undefined,
): ValueReader {
  const read = format === undefined ? iso : strptime(format).read;
  return (text) => {
    const value = read(text);
    return value ? show(value) : undefined;
  };
}

function bigintText({ negative, integer, fraction, exponent }: NumberParts): string | undefined {
  if (fraction !== '' || exponent !== '') return undefined;
  const digits = integer.replace(/^0+(?=\d)/, '');
  if (digits.length > 19 || (digits.length === 19 && BigInt(digits) > MAX_BIGINT)) return undefined;
  return signed(negative, digits);
}

function decimalText(
  { negative, integer, fraction, exponent }: NumberParts,
  precision: number,
  scale: number,
): string | undefined {
  if (exponent !== '') return undefined;
  const digits = integer.replace(/^0+(?=\d)/, '');
  const decimals = fraction.replace(/0+$/, '').padEnd(scale, '0');
  if (decimals.length > scale || (digits === '0' ? 0 : digits.length) > precision - scale) return undefined;
  return signed(negative, scale === 0 ? digits : `${digits}.${decimals}`);
}

function doubleValue({ negative, integer, fraction, exponent }: NumberParts): number | undefined {
  const value = Number(`${negative ? '-' : ''}${integer}.${fraction || '0'}${exponent === '' ? '' : `e${exponent}`}`);
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** Zero has no sign. */
function signed(negative: boolean, digits: string): string {
  return negative && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

function isJson(text: string): boolean {
  if (!text.startsWith('{') && !text.startsWith('[')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
