import { quoteText } from '../sql-text.js';
import { type Call, expectArguments, type Rule, template, type Written } from './rule.js';
import { isZoned, type TrinoType } from './trino-type.js';

const UNITS: Readonly<Record<string, string>> = {
  millisecond: 'to_milliseconds($)',
  second: 'to_seconds($)',
  minute: 'to_minutes($)',
  hour: 'to_hours($)',
  day: 'to_days(CAST($ AS INTEGER))',
  week: 'to_days(CAST(7 * $ AS INTEGER))',
  month: 'to_months(CAST($ AS INTEGER))',
  quarter: 'to_months(CAST(3 * $ AS INTEGER))',
  year: 'to_months(CAST(12 * $ AS INTEGER))',
};

/** The unit that the first argument names. */
function unitOf(call: Call): string {
  const unit = call.constant(0)?.toLowerCase();
  if (unit === undefined || !(unit in UNITS)) {
    call.fail(`${call.name} takes its unit as a string literal: ${Object.keys(UNITS).join(', ')}.`);
  }
  return unit;
}

/** Date arithmetic of the engine gives timestamps; Trino's stays a date. */
export function keepDate(sql: string, type: TrinoType): Written {
  return { sql: type === 'date' ? `CAST(${sql} AS DATE)` : sql, type };
}

function dateAdd(call: Call): Written {
  expectArguments(call, 3);
  const interval = (UNITS[unitOf(call)] ?? '').replace('$', call.arg(1).sql);
  const { sql, type } = call.arg(2);
  return keepDate(`(${sql} + ${interval})`, type);
}

function dateDiff(call: Call): Written {
  expectArguments(call, 3);
  const unit = quoteText(unitOf(call));
  const [from, to] = [call.arg(1), call.arg(2)];
  const time = from.type === to.type ? '' : isZoned(from.type) || isZoned(to.type) ? 'TIMESTAMPTZ' : 'TIMESTAMP';
  const [a, b] = [from.sql, to.sql].map((sql) => (time === '' ? sql : `CAST(${sql} AS ${time})`));
  return { sql: `datesub(${unit}, ${a}, ${b})`, type: 'bigint' };
}

function dateTrunc(call: Call): Written {
  expectArguments(call, 2);
  const { sql, type } = call.arg(1);
  return keepDate(`date_trunc(${quoteText(unitOf(call))}, ${sql})`, type);
}

/** Day of week counts from Monday = 1 to Sunday = 7 in Trino. */
const MYSQL_FORMAT: Readonly<Record<string, string>> = {
  a: '%a',
  b: '%b',
  c: '%-m',
  d: '%d',
  e: '%-d',
  f: '%f',
  H: '%H',
  h: '%I',
  I: '%I',
  i: '%M',
  j: '%j',
  k: '%-H',
  l: '%-I',
  M: '%B',
  m: '%m',
  p: '%p',
  r: '%I:%M:%S %p',
  S: '%S',
  s: '%S',
  T: '%H:%M:%S',
  v: '%V',
  W: '%A',
  x: '%G',
  Y: '%Y',
  y: '%y',
  '%': '%%',
};

const JODA_FORMAT: Readonly<Record<string, string>> = {
  yyyy: '%Y',
  YYYY: '%Y',
  yy: '%y',
  y: '%Y',
  MMMM: '%B',
  MMM: '%b',
  MM: '%m',
  M: '%-m',
  dd: '%d',
  d: '%-d',
  DDD: '%j',
  D: '%-j',
  HH: '%H',
  H: '%-H',
  hh: '%I',
  h: '%-I',
  mm: '%M',
  m: '%-M',
  ss: '%S',
  s: '%-S',
  SSS: '%g',
  SSSSSS: '%f',
  EEEE: '%A',
  EEE: '%a',
  E: '%a',
  e: '%u',
  a: '%p',
  xxxx: '%G',
  ww: '%V',
  Z: '%z',
};

function mysqlFormat(call: Call, pattern: string): string {
  return pattern.replace(
    /%(.)/gs,
    (whole, letter: string) => MYSQL_FORMAT[letter] ?? call.fail(`${call.name} does not know ${whole} here.`),
  );
}

function jodaFormat(call: Call, pattern: string): string {
  return pattern.replace(/'((?:[^']|'')*)'|([a-zA-Z])\2*|%/g, (whole, text?: string, letter?: string) => {
    if (whole === "''") return "'";
    if (text !== undefined) return text.replaceAll("''", "'").replaceAll('%', '%%');
    if (letter === undefined) return '%%';
    return JODA_FORMAT[whole] ?? call.fail(`${call.name} does not know ${whole} here.`);
  });
}

/** A function that writes or reads a time by a pattern, which must be a literal to be put into the engine's words. */
function patterned(engineName: string, convert: typeof jodaFormat, type: string): Rule {
  return (call: Call) => {
    expectArguments(call, 2);
    const pattern = call.constant(1);
    if (pattern === undefined) call.fail(`${call.name} takes its format as a string literal here.`);
    const moment = call.arg(0).sql;
    const written = `${engineName}(${moment}, ${quoteText(convert(call, pattern))})`;
    return { sql: type === 'timestamp with time zone' ? `CAST(${written} AS TIMESTAMPTZ)` : written, type };
  };
}

function toIso8601(call: Call): Written {
  expectArguments(call, 1);
  const { sql, type } = call.arg(0);
  if (type === 'date') return { sql: `strftime(${sql}, '%Y-%m-%d')`, type: 'varchar' };
  const zone = isZoned(type) ? 'Z' : '';
  return { sql: `strftime(CAST(${sql} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%g${zone}')`, type: 'varchar' };
}

const part = (name: string): Rule => template('bigint', `${name}($1)`);
const now =
  (engineName: string, type: string): Rule =>
  (call) => {
    expectArguments(call, 0, 1);
    return { sql: engineName, type };
  };

/** A moment shown on the clocks of a zone: a timestamp with the local time. */
export function atTimeZone(moment: Written, zone: string): Written {
  const instant = isZoned(moment.type) ? moment.sql : `CAST(${moment.sql} AS TIMESTAMPTZ)`;
  return { sql: `(${instant} AT TIME ZONE ${zone})`, type: 'timestamp' };
}

export const DATE_FUNCTIONS: Readonly<Record<string, Rule>> = {
  at_timezone: (call) => {
    expectArguments(call, 2);
    return atTimeZone(call.arg(0), call.arg(1).sql);
  },
  current_date: now('current_date', 'date'),
  current_time: now('localtime', 'time'),
  current_timestamp: now('current_timestamp', 'timestamp with time zone'),
  date: template('date', 'CAST($1 AS DATE)'),
  date_add: dateAdd,
  date_diff: dateDiff,
  date_format: patterned('strftime', mysqlFormat, 'varchar'),
  date_parse: patterned('strptime', mysqlFormat, 'timestamp'),
  date_trunc: dateTrunc,
  day: part('day'),
  day_of_month: part('day'),
  day_of_week: part('isodow'),
  day_of_year: part('dayofyear'),
  dow: part('isodow'),
  doy: part('dayofyear'),
  format_datetime: patterned('strftime', jodaFormat, 'varchar'),
  from_iso8601_date: template('date', 'CAST($1 AS DATE)'),
  from_iso8601_timestamp: template('timestamp with time zone', `CAST(replace($1, 'Z', '+00:00') AS TIMESTAMPTZ)`),
  from_unixtime: template('timestamp with time zone', 'to_timestamp($1)'),
  hour: part('hour'),
  last_day_of_month: template('date', 'last_day($1)'),
  localtime: now('localtime', 'time'),
  localtimestamp: now('localtimestamp', 'timestamp'),
  millisecond: template('bigint', '(millisecond($1) % 1000)'),
  minute: part('minute'),
  month: part('month'),
  now: now('current_timestamp', 'timestamp with time zone'),
  parse_datetime: patterned('strptime', jodaFormat, 'timestamp with time zone'),
  quarter: part('quarter'),
  second: part('second'),
  to_iso8601: toIso8601,
  to_unixtime: template('double', 'epoch($1)'),
  week: part('week'),
  week_of_year: part('week'),
  with_timezone: template('timestamp with time zone', '(CAST($1 AS TIMESTAMP) AT TIME ZONE $2)'),
  year: part('year'),
  year_of_week: part('isoyear'),
  yow: part('isoyear'),
};
