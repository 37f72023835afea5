/** A point in time as it is written, not yet bound to a zone unless `offsetMinutes` is there. */
export interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  /** Minutes that the written time is ahead of UTC. */
  offsetMinutes?: number | undefined;
}

const MIDNIGHT = { year: 1900, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 };
const ISO_DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})0*)?)?`;
const ISO_TIME = new RegExp(`^${CLOCK}$`);
const ISO_TIMESTAMP = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]${CLOCK})?$`);
const ISO_ZONED = /^(\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}(?::?\d{2})?)$/;

/** `2020-01-31`. */
export function readIsoDate(text: string): Moment | undefined {
  const match = ISO_DATE.exec(text);
  return match ? moment({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }) : undefined;
}

/** `10:30`, `10:30:05` or `10:30:05.250`. */
export function readIsoTime(text: string): Moment | undefined {
  const match = ISO_TIME.exec(text);
  return match ? moment(clock(match, 1)) : undefined;
}

/** `2020-01-31T10:30:05.250`, with a blank for the T, without seconds, or the date alone for midnight. */
export function readIsoTimestamp(text: string): Moment | undefined {
  const match = ISO_TIMESTAMP.exec(text);
  if (!match) return undefined;
  return moment({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]), ...clock(match, 4) });
}

/** A timestamp with seconds and a zone: `Z`, `+02`, `+0200` or `+02:00`. */
export function readIsoZoned(text: string): Moment | undefined {
  const match = ISO_ZONED.exec(text);
  const local = readIsoTimestamp(match?.[1] ?? '');
  const offsetMinutes = readOffset(match?.[2] ?? '');
  return local && offsetMinutes !== undefined ? { ...local, offsetMinutes } : undefined;
}

/** Minutes ahead of UTC. */
export function readOffset(text: string): number | undefined {
  if (text === 'Z') return 0;
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (Number(match[2]) > 18 || Number(match[3] ?? 0) > 59) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}

/** Completes the parts and checks them against the calendar and the clock. */
export function moment(parts: Partial<Moment>): Moment | undefined {
  const whole = { ...MIDNIGHT, ...parts };
  const inClock = whole.hour <= 23 && whole.minute <= 59 && whole.second <= 59;
  const inCalendar =
    whole.year >= 1 && whole.month >= 1 && whole.month <= 12 && whole.day >= 1 && whole.day <= daysIn(whole);
  return inClock && inCalendar ? whole : undefined;
}

function daysIn({ year, month }: Moment): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function clock(match: RegExpExecArray, index: number): Partial<Moment> {
  return {
    hour: Number(match[index] ?? 0),
    minute: Number(match[index + 1] ?? 0),
    second: Number(match[index + 2] ?? 0),
    microsecond: Number((match[index + 3] ?? '').padEnd(6, '0')),
  };
}

export function isoDate({ year, month, day }: Moment): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

export function isoTime({ hour, minute, second, microsecond }: Moment): string {
  const fraction = microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0').replace(/0+$/, '')}`;
  return `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
}

export function isoTimestamp(value: Moment): string {
  return `${isoDate(value)}T${isoTime(value)}`;
}

/** In UTC, with a `Z`. Undefined when the moment in UTC leaves the years 1 to 9999. */
export function isoZoned(value: Moment): string | undefined {
  const utc = new Date(0);
  utc.setUTCFullYear(value.year, value.month - 1, value.day);
  utc.setUTCHours(value.hour, value.minute - (value.offsetMinutes ?? 0), value.second);
  const inUtc = moment({
    year: utc.getUTCFullYear(),
    month: utc.getUTCMonth() + 1,
    day: utc.getUTCDate(),
    hour: utc.getUTCHours(),
    minute: utc.getUTCMinutes(),
    second: utc.getUTCSeconds(),
    microsecond: value.microsecond,
  });
  return inUtc && inUtc.year <= 9999 ? `${isoTimestamp(inUtc)}Z` : undefined;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
