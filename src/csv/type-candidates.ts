import type { ColumnType } from './contract.js';
import { createValueReader, type ValueReader } from './value-reader.js';

/** A type, other than the numbers, that a column may turn out to have. */
export interface Candidate {
  readonly type: ColumnType;
  readonly format: string | undefined;
  readonly read: ValueReader;
}

const BOOLEAN_FORMATS = ['true/false', 'yes/no', 't/f', 'y/n'];
/** Day before month first, so that for ambiguous pairs both survive in this order. */
// prettier-ignore
const DATE_FORMATS = [
  '%d/%m/%Y', '%m/%d/%Y', '%Y/%m/%d', '%d.%m.%Y', '%Y.%m.%d', '%d-%m-%Y', '%m-%d-%Y', '%d/%m/%y', '%m/%d/%y', '%d.%m.%y',
  '%d %b %Y', '%d %B %Y', '%b %d, %Y', '%B %d, %Y', '%b %d %Y', '%B %d %Y', '%d-%b-%Y', '%d-%b-%y', '%b-%d-%Y',
];
const TIME_FORMATS = ['%H:%M', '%H:%M:%S', '%H:%M:%S.%f', '%I:%M %p', '%I:%M:%S %p', '%I:%M%p'];
const HALF_DAY_FORMATS = TIME_FORMATS.filter((format) => format.includes('%p'));
const AMBIGUOUS = [
  ['%d/%m/', '%m/%d/'],
  ['%d-%m-', '%m-%d-'],
] as const;

const candidate = (type: ColumnType, format?: string): Candidate => ({
  type,
  format,
  read: createValueReader({ type, format }),
});

const BOOLEANS = BOOLEAN_FORMATS.map((format) => candidate('boolean', format));
const JSON_TEXT = [candidate('json')];
/** In order of preference: a column of dates is no column of timestamps. */
const MOMENTS = [
  candidate('date'),
  candidate('timestamp'),
  candidate('timestamp with time zone'),
  candidate('time'),
  ...HALF_DAY_FORMATS.map((format) => candidate('time', format)),
  ...DATE_FORMATS.map((format) => candidate('date', format)),
  ...DATE_FORMATS.flatMap((date) => TIME_FORMATS.map((time) => candidate('timestamp', `${date} ${time}`))),
  ...HALF_DAY_FORMATS.map((time) => candidate('timestamp', `%Y-%m-%d ${time}`)),
];
const LOOKS_LIKE_MOMENT = /^(\d{1,4}[-/. :]|[a-z]{3,9}[ -]\d)/i;

/** The types that this text could have, numbers left out. `text` has no blanks around it. */
export function candidatesFor(text: string): Candidate[] {
  if (text.length > 40 || text.startsWith('{') || text.startsWith('[')) return accepting(JSON_TEXT, text);
  if (text.length <= 5 && /^[a-z]+$/i.test(text)) return accepting(BOOLEANS, text);
  return LOOKS_LIKE_MOMENT.test(text) ? accepting(MOMENTS, text) : [];
}

export function accepting(candidates: readonly Candidate[], text: string): Candidate[] {
  return candidates.filter(({ read }) => read(text) !== undefined);
}

/** The other reading of a date format, when the two differ only in which of the first two numbers is the day. */
export function otherReading(format: string): string | undefined {
  for (const [dayFirst, monthFirst] of AMBIGUOUS) {
    if (format.startsWith(dayFirst)) return monthFirst + format.slice(dayFirst.length);
    if (format.startsWith(monthFirst)) return dayFirst + format.slice(monthFirst.length);
  }
  return undefined;
}
