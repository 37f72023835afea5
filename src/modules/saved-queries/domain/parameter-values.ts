import type { QueryParameter } from '../../../providers/query-engine/query-engine.js';

export const parameterTypes = ['string', 'integer', 'number', 'boolean', 'date', 'timestamp'] as const;

export type ParameterType = (typeof parameterTypes)[number];

export interface ParameterDefinition {
  readonly name: string;
  readonly type: ParameterType;
  readonly default?: QueryParameter | undefined;
  /** Without a value and a default, a parameter that is not required is NULL. */
  readonly required?: boolean | undefined;
}

interface TypeRules {
  /** Completes the sentence "region must be …". */
  readonly expected: string;
  /** The placeholder that gives the value its SQL type. */
  readonly placeholder: string;
  /** The value to bind, or undefined when it does not fit. */
  accept(value: unknown): QueryParameter | undefined;
  /** The value that a text in an address stands for, or undefined when it does not fit. */
  read(text: string): QueryParameter | undefined;
}

const text = (pattern: RegExp, convert: (match: RegExpExecArray) => string | undefined) => (value: unknown) => {
  const match = typeof value === 'string' ? pattern.exec(value) : null;
  return match ? convert(match) : undefined;
};

const acceptDate = text(/^(\d{4}-\d{2}-\d{2})$/, ([, day]) => calendarDay(day!));
const acceptTimestamp = text(
  /^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,9})?)?$/,
  ([, day, time, seconds]) => (calendarDay(day!) ? `${day} ${time}${seconds ?? ':00'}` : undefined),
);
const acceptInteger = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : undefined);
const acceptNumber = (value: unknown) => (Number.isFinite(value) ? (value as number) : undefined);

const rules: Readonly<Record<ParameterType, TypeRules>> = {
  string: {
    expected: 'a text',
    placeholder: '?',
    accept: (value) => (typeof value === 'string' ? value : undefined),
    read: (value) => value,
  },
  integer: {
    expected: 'a whole number between -9007199254740991 and 9007199254740991',
    placeholder: '?',
    accept: acceptInteger,
    read: (value) => (/^[+-]?\d+$/.test(value) ? acceptInteger(Number(value)) : undefined),
  },
  number: {
    expected: 'a number',
    placeholder: '?',
    accept: acceptNumber,
    read: (value) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? acceptNumber(Number(value)) : undefined),
  },
  boolean: {
    expected: 'true or false',
    placeholder: '?',
    accept: (value) => (typeof value === 'boolean' ? value : undefined),
    read: (value) => (value === 'true' ? true : value === 'false' ? false : undefined),
  },
  date: { expected: 'a date such as 2024-05-31', placeholder: 'CAST(? AS DATE)', accept: acceptDate, read: acceptDate },
  timestamp: {
    expected: 'a date and time without zone such as 2024-05-31T14:30:00',
    placeholder: 'CAST(? AS TIMESTAMP)',
    accept: acceptTimestamp,
    read: acceptTimestamp,
  },
};

/** What stands in the statement for a parameter of this type. */
export function placeholderOf(type: ParameterType): string {
  return rules[type].placeholder;
}

/** What a value of this type must be, for messages: "a whole number …". */
export function expectedOf(type: ParameterType): string {
  return rules[type].expected;
}

/** The value to bind; undefined when it does not fit the type. */
export function acceptValue(type: ParameterType, value: unknown): QueryParameter | undefined {
  return rules[type].accept(value);
}

/** The value that a text in an address stands for; undefined when it does not fit the type. */
export function readValue(type: ParameterType, value: string): QueryParameter | undefined {
  return rules[type].read(value);
}

/** Undefined for a day that no calendar has, such as 2023-02-29. */
function calendarDay(day: string): string | undefined {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : undefined;
}
