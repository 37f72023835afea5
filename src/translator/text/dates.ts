/** A time that words name: a span of the calendar, or a month or weekday of any year. */
export type TimeFound = { readonly length: number; readonly label: string } & (
  | {
      /** ISO date; the first day. */
      readonly kind: 'span';
      readonly from: string;
      /** ISO date; the first day afterwards. */
      readonly to: string;
    }
  | { readonly kind: 'part'; readonly part: 'month' | 'weekday'; readonly values: readonly number[] }
);

type Unit = 'year' | 'quarter' | 'month' | 'week' | 'day';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const UNITS: Readonly<Record<string, Unit>> = {
  year: 'year', years: 'year', quarter: 'quarter', quarters: 'quarter', month: 'month', months: 'month',
  week: 'week', weeks: 'week', day: 'day', days: 'day',
}; // prettier-ignore
const ORDINALS = ['first', 'second', 'third', 'fourth'];

/** The time that the words begin with. Words such as `last month` count from `now`. */
export function readTime(words: readonly string[], now: Date): TimeFound | undefined {
  return (
    isoDate(words) ?? dayOfMonth(words) ?? monthOfYear(words) ?? quarterOfYear(words) ?? halfOfYear(words, now) ?? decade(words) ??
    season(words, now) ?? year(words) ?? relative(words, now) ?? lastWeekday(words, now) ?? weekday(words)
  ); // prettier-ignore
}

function isoDate([word = '']: readonly string[]): TimeFound | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(word);
  return match ? span('day', Number(match[1]), Number(match[2]) - 1, Number(match[3]), 1, word) : undefined;
}

/** `March 5, 2024`, `5 March 2024`, `the 5th of March 2024`. */
function dayOfMonth(words: readonly string[]): TimeFound | undefined {
  const texts = words.slice(0, 8);
  const places = texts
    .map((word, index) => ({ word, index }))
    .filter(({ word }) => !['the', 'of', ',', 'st', 'nd', 'rd', 'th'].includes(word));
  const [first, second, third] = places;
  if (!first || !second || !third || third.index > 5 || texts[0] === 'of') return undefined;
  const monthFirst = monthIndex(first.word);
  const month = monthFirst ?? monthIndex(second.word);
  const day = Number(monthFirst === undefined ? first.word : second.word);
  const inYear = yearNumber(third.word);
  if (month === undefined || inYear === undefined || !Number.isInteger(day) || day < 1 || day > 31) return undefined;
  return span('day', inYear, month, day, third.index + 1, `${MONTHS[month]} ${day}, ${inYear}`);
}

/** `March 2024`, `March of 2024`, or `March` of any year. */
function monthOfYear([first = '', second = '', third = '']: readonly string[]): TimeFound | undefined {
  const month = monthIndex(first);
  if (month === undefined) return undefined;
  const skip = second === 'of' || second === 'in' || second === ',' ? 1 : 0;
  const inYear = yearNumber(skip ? third : second);
  if (inYear !== undefined) return span('month', inYear, month, 1, 2 + skip, `${MONTHS[month]} ${inYear}`);
  return { kind: 'part', part: 'month', values: [month + 1], label: MONTHS[month]!, length: 1 };
}

/** `Q1 2023`, `first quarter of 2023`, `2023 Q1`. */
function quarterOfYear(words: readonly string[]): TimeFound | undefined {
  const [first = '', second = '', third = '', fourth = ''] = words;
  const short = /^q([1-4])$/.exec(first === 'q' ? first + second : first);
  const named = first === 'last' || first === 'final' ? 3 : ORDINALS.indexOf(first);
  const quarter = short ? Number(short[1]) : second === 'quarter' && named >= 0 ? named + 1 : undefined;
  if (quarter === undefined) return undefined;
  const used = short && first !== 'q' ? 1 : 2;
  const rest = used === 1 ? [second, third] : [third, fourth];
  const skip = rest[0] === 'of' || rest[0] === 'in' ? 1 : 0;
  const inYear = yearNumber(rest[skip] ?? '');
  if (inYear === undefined) return undefined;
  return span('quarter', inYear, (quarter - 1) * 3, 1, used + skip + 1, `quarter ${quarter} of ${inYear}`);
}

/** `first half of 2024`, `the second half of last year`, `H1 2024`. */
function halfOfYear(words: readonly string[], now: Date): TimeFound | undefined {
  const skip = words[0] === 'the' ? 1 : 0;
  const [first = '', second = ''] = words.slice(skip);
  const short = /^h([12])$/.exec(first === 'h' ? first + second : first);
  const half = short ? Number(short[1]) - 1 : second === 'half' ? ORDINALS.indexOf(first) : -1;
  if (half < 0 || half > 1) return undefined;
  let used = skip + (short && first !== 'h' ? 1 : 2);
  while (['of', 'in', 'the'].includes(words[used] ?? '')) used += 1;
  const inYear =
    yearNumber(words[used] ?? '') ??
    { last: now.getUTCFullYear() - 1, this: now.getUTCFullYear() }[words[used + 1] === 'year' ? words[used]! : ''];
  if (inYear === undefined) return undefined;
  const label = `the ${ORDINALS[half]} half of ${inYear}`;
  const length = used + (words[used + 1] === 'year' ? 2 : 1);
  return { kind: 'span', from: iso(inYear, half * 6, 1), to: iso(inYear, half * 6 + 6, 1), label, length };
}

/** `1990s`, `the 90s`. */
function decade([first = '', second = '']: readonly string[]): TimeFound | undefined {
  const number = /^(\d{2}|\d{4})$/.exec(first);
  if (!number || second !== 's' || !first.endsWith('0')) return undefined;
  const start = first.length === 4 ? Number(first) : 1900 + Number(first);
  const label = `the ${start}s`;
  return { kind: 'span', from: iso(start, 0, 1), to: iso(start + 10, 0, 1), label, length: 2 };
}

const SEASONS: Readonly<Record<string, readonly number[]>> = {
  winter: [12, 1, 2], spring: [3, 4, 5], summer: [6, 7, 8], autumn: [9, 10, 11], fall: [9, 10, 11],
}; // prettier-ignore

/** `last winter`: the last one that is over. */
function lastSeason(name: string, now: Date): TimeFound | undefined {
  const start = SEASONS[name]?.[0];
  if (start === undefined) return undefined;
  const isOver = (inYear: number) => iso(inYear, start + 2, 1) <= now.toISOString().slice(0, 10);
  const inYear = [0, 1, 2].map((back) => now.getUTCFullYear() - back).find(isOver)!;
  const [from, to] = [iso(inYear, start - 1, 1), iso(inYear, start + 2, 1)];
  return { kind: 'span', from, to, label: `last ${name} (${from} to before ${to})`, length: 2 };
}

function season([first = '', second = '', third = '']: readonly string[], now: Date): TimeFound | undefined {
  const months = SEASONS[first];
  if (first === 'last') return lastSeason(second, now);
  if (!months) return undefined;
  const named = yearNumber(second) === undefined && ['of', 'in'].includes(second) ? third : second;
  const inYear = yearNumber(named);
  if (inYear !== undefined) {
    const length = named === third ? 3 : 2;
    const start = months[0]! - 1;
    return {
      kind: 'span',
      from: iso(inYear, start, 1),
      to: iso(inYear, start + 3, 1),
      label: `${first} ${inYear}`,
      length,
    };
  }
  return { kind: 'part', part: 'month', values: months, label: `${first} (months ${months.join(', ')})`, length: 1 };
}

function year([first = '', second = '']: readonly string[]): TimeFound | undefined {
  const number = yearNumber(first);
  if (number !== undefined) return span('year', number, 0, 1, 1, first);
  const after = first === 'year' ? yearNumber(second) : undefined;
  return after === undefined ? undefined : span('year', after, 0, 1, 2, second);
}

/** `last month`, `this year`, `the past 30 days`, `yesterday`. */
function relative(words: readonly string[], now: Date): TimeFound | undefined {
  const skip = words[0] === 'the' ? 1 : 0;
  const [first = '', second = '', third = ''] = words.slice(skip);
  if (first === 'today') return around('day', 0, now, 1 + skip, 'today');
  if (first === 'yesterday') return around('day', -1, now, 1 + skip, 'yesterday');
  const back = ['last', 'past', 'previous', 'preceding'].includes(first);
  if (first === 'this' || first === 'current' || back) {
    const unit = Object.hasOwn(UNITS, second) ? UNITS[second] : undefined;
    if (unit && !second.endsWith('s')) return around(unit, back ? -1 : 0, now, 2 + skip, `${first} ${second}`);
  }
  const count = /^\d+$/.test(second) ? Number(second) : SMALL.indexOf(second);
  const unit = Object.hasOwn(UNITS, third) ? UNITS[third] : undefined;
  if (!back || count < 1 || !unit) return undefined;
  const today = now.toISOString().slice(0, 10);
  const label = `the last ${count} ${unit}s`;
  return { kind: 'span', from: moved(today, unit, -count), to: moved(today, 'day', 1), label, length: 3 + skip };
}

const SMALL = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** `last Sunday`, `last weekend`: the one before today. */
function lastWeekday(words: readonly string[], now: Date): TimeFound | undefined {
  const skip = words[0] === 'the' ? 1 : 0;
  const [first = '', second = ''] = words.slice(skip);
  if (first !== 'last' && first !== 'past') return undefined;
  const isWeekend = second === 'weekend';
  const day = isWeekend ? 5 : WEEKDAYS.indexOf(second);
  if (day < 0) return undefined;
  const today = (now.getUTCDay() + 6) % 7;
  const back = isWeekend ? today + 2 : ((today - day + 6) % 7) + 1;
  const from = moved(startOf('day', now), 'day', -back);
  const to = moved(from, 'day', isWeekend ? 2 : 1);
  return { kind: 'span', from, to, label: `${first} ${second} (${from} to before ${to})`, length: 2 + skip };
}

function weekday([first = '']: readonly string[]): TimeFound | undefined {
  if (first === 'weekend' || first === 'weekends')
    return { kind: 'part', part: 'weekday', values: [6, 7], label: 'weekends', length: 1 };
  const day = WEEKDAYS.indexOf(first.replace(/s$/, ''));
  return day < 0
    ? undefined
    : { kind: 'part', part: 'weekday', values: [day + 1], label: `${WEEKDAYS[day]}s`, length: 1 };
}

function monthIndex(word: string): number | undefined {
  if (word.length < 3) return undefined;
  const index = MONTHS.findIndex(
    (month) =>
      month === word || (word !== 'may' && month.slice(0, 3) === word) || (word === 'sept' && month === 'september'),
  );
  return index < 0 ? undefined : index;
}

function yearNumber(word: string): number | undefined {
  const number = /^\d{4}$/.test(word) ? Number(word) : Number.NaN;
  return number >= 1700 && number <= 2100 ? number : undefined;
}

function span(unit: Unit, inYear: number, month: number, day: number, length: number, label: string): TimeFound {
  const from = iso(inYear, month, day);
  return { kind: 'span', from, to: moved(from, unit, 1), label, length };
}

function around(unit: Unit, offset: number, now: Date, length: number, label: string): TimeFound {
  const from = moved(startOf(unit, now), unit, offset);
  return {
    kind: 'span',
    from,
    to: moved(from, unit, 1),
    label: `${label} (${from} to before ${moved(from, unit, 1)})`,
    length,
  };
}

function startOf(unit: Unit, now: Date): string {
  const [inYear, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  if (unit === 'year') return iso(inYear, 0, 1);
  if (unit === 'quarter') return iso(inYear, month - (month % 3), 1);
  if (unit === 'month') return iso(inYear, month, 1);
  return iso(inYear, month, unit === 'week' ? day - ((now.getUTCDay() + 6) % 7) : day);
}

function moved(date: string, unit: Unit, by: number): string {
  const [inYear = 0, month = 1, day = 1] = date.split('-').map(Number);
  if (unit === 'year') return iso(inYear + by, month - 1, day);
  if (unit === 'quarter') return iso(inYear, month - 1 + 3 * by, day);
  if (unit === 'month') return iso(inYear, month - 1 + by, day);
  return iso(inYear, month - 1, day + by * (unit === 'week' ? 7 : 1));
}

function iso(inYear: number, month: number, day: number): string {
  return new Date(Date.UTC(inYear, month, day)).toISOString().slice(0, 10);
}
