import { quoteText } from '../sql-text.js';
import type { Expression, Literal } from './ast.js';
import { as } from './ast.js';
import type { Context } from './context.js';
import type { Written } from './rule.js';

const ZONE = /^(.*\d)\s*([+-]\d\d?(?::?\d\d)?|(?!\d)[A-Za-z][A-Za-z0-9_+/-]*)$/;

export function writeLiteral({ literal_type, value }: Literal, context: Context): Written {
  switch (literal_type) {
    case 'string':
      return { sql: quoteText(value), type: 'varchar' };
    case 'number':
      return writeNumber(value);
    case 'date':
      return { sql: `DATE ${quoteText(value)}`, type: 'date' };
    case 'time':
      return { sql: `TIME ${quoteText(value)}`, type: 'time' };
    case 'timestamp':
      return writeTimestamp(value);
    case 'hex_string':
      return { sql: `unhex(${quoteText(value)})`, type: 'varbinary' };
    default:
      return context.refuse(`Literals such as ${quoteText(value)} of this kind are not available.`);
  }
}

/** `1` is an integer, `1.5` a decimal and `1e0` a double, in Trino as in the engine. */
function writeNumber(value: string): Written {
  const digits = value.replaceAll('_', '');
  if (/e/i.test(digits)) return { sql: digits, type: 'double' };
  const [whole = '', fraction] = digits.split('.');
  if (fraction !== undefined) {
    const precision = Math.max(1, whole.replace(/^0+/, '').length + fraction.length);
    return { sql: digits, type: `decimal(${precision},${fraction.length})` };
  }
  const number = BigInt(whole);
  if (number < 2n ** 31n) return { sql: whole, type: 'integer' };
  if (number < 2n ** 63n) return { sql: whole, type: 'bigint' };
  return { sql: `CAST(${quoteText(whole)} AS DECIMAL(38,0))`, type: 'decimal(38,0)' };
}

/** A timestamp literal with a zone is a timestamp with time zone. */
function writeTimestamp(value: string): Written {
  const zoned = ZONE.exec(value.trim());
  const moment = zoned?.[1];
  if (!zoned || !moment?.includes(':')) return { sql: `TIMESTAMP ${quoteText(value)}`, type: 'timestamp' };
  const zone = zoned[2] ?? '';
  const separator = /^[+-]/.test(zone) ? '' : ' ';
  return { sql: `TIMESTAMPTZ ${quoteText(`${moment}${separator}${zone}`)}`, type: 'timestamp with time zone' };
}

interface IntervalParts {
  readonly this: Expression | null;
  readonly unit: { type: string; unit?: string; this?: string; expression?: string } | null;
}

const DAY_TIME: Readonly<Record<string, number>> = {
  Week: 7 * 86_400e6,
  Day: 86_400e6,
  Hour: 3_600e6,
  Minute: 60e6,
  Second: 1e6,
  Millisecond: 1e3,
};
const MONTHS: Readonly<Record<string, number>> = { Year: 12, Quarter: 3, Month: 1 };

/** Intervals are written out as whole months or as days and microseconds, so that no spelling is left to the engine. */
export function writeInterval(parts: unknown, context: Context): Written {
  const { this: amount, unit } = parts as IntervalParts;
  const literal = as<Literal>(amount, 'literal');
  const text = literal?.literal_type === 'string' ? literal.value.trim() : undefined;
  if (text === undefined || unit === null)
    return context.refuse(`An interval is written with quotes and a unit: INTERVAL '1' DAY.`);
  const [from = '', to = from] = unit.type === 'simple' ? [unit.unit] : [unit.this, unit.expression];
  const months = monthsOf(text, from, to);
  if (months !== undefined) return { sql: `to_months(${months})`, type: 'interval year to month' };
  const micros = microsecondsOf(text, from, to);
  if (micros === undefined) return context.refuse(`${quoteText(text)} is not an interval in ${from.toLowerCase()}s.`);
  const days = Math.trunc(micros / 86_400e6);
  const rest = Math.round(micros - days * 86_400e6);
  const sql = rest === 0 ? `to_days(${days})` : `(to_days(${days}) + to_microseconds(${rest}))`;
  return { sql, type: 'interval day to second' };
}

function monthsOf(text: string, from: string, to: string): number | undefined {
  const span = from === 'Year' && to === 'Month' ? /^([+-]?)(\d+)-(\d+)$/.exec(text) : null;
  if (span) return (span[1] === '-' ? -1 : 1) * (Number(span[2]) * 12 + Number(span[3]));
  const months = MONTHS[from];
  return months !== undefined && from === to && /^[+-]?\d+$/.test(text) ? Number(text) * months : undefined;
}

/** `1 02:03:04.5` with the units that the interval runs from and to. */
function microsecondsOf(text: string, from: string, to: string): number | undefined {
  const size = DAY_TIME[from];
  if (size === undefined || DAY_TIME[to] === undefined) return undefined;
  if (from === to) return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) * size : undefined;
  const match = /^([+-]?)(\d+)(?:[ :](\d+))?(?::(\d+))?(?::(\d+(?:\.\d+)?))?$/.exec(text);
  if (!match) return undefined;
  const units = ['Day', 'Hour', 'Minute', 'Second'].slice(['Day', 'Hour', 'Minute', 'Second'].indexOf(from));
  const values = match.slice(2).filter((value) => value !== undefined);
  const total = values.reduce((sum, value, index) => sum + Number(value) * (DAY_TIME[units[index] ?? ''] ?? 0), 0);
  return match[1] === '-' ? -total : total;
}
