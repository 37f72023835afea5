/** Hours of any day that words name, from 0 to 23. */
export interface HoursFound {
  readonly hours: readonly number[];
  readonly label: string;
  /** Words that it takes. */
  readonly length: number;
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

const PARTS: Readonly<Record<string, readonly number[]>> = {
  morning: range(5, 12),
  mornings: range(5, 12),
  afternoon: range(12, 18),
  afternoons: range(12, 18),
  evening: range(18, 24),
  evenings: range(18, 24),
};

/** `after 6pm`, `before nine in the morning`, `between 9 and 11 am`, `in the morning`. */
export function readHours(words: readonly string[]): HoursFound | undefined {
  return bounded(words) ?? between(words) ?? partOfDay(words);
}

function partOfDay(words: readonly string[]): HoursFound | undefined {
  const skip = ['in', 'during'].includes(words[0] ?? '') ? 1 : 0;
  const article = ['the', 'a'].includes(words[skip] ?? '') ? 1 : 0;
  const word = words[skip + article] ?? '';
  if (!Object.hasOwn(PARTS, word)) return undefined;
  const hours = PARTS[word]!;
  return {
    hours,
    label: `${word.replace(/s$/, '')} (${hours[0]}:00 to before ${hours.at(-1)! + 1}:00)`,
    length: skip + article + 1,
  };
}

const BOUNDS: Readonly<Record<string, 'from' | 'to'>> = {
  after: 'from',
  from: 'from',
  past: 'from',
  since: 'from',
  before: 'to',
  until: 'to',
  till: 'to',
  by: 'to',
};

function bounded(words: readonly string[]): HoursFound | undefined {
  const bound = BOUNDS[words[0] ?? ''];
  const time = clock(words.slice(1));
  if (!bound || !time) return undefined;
  const { hour, length } = time;
  return bound === 'from'
    ? { hours: range(hour, 24), label: `hours from ${hour}:00`, length: length + 1 }
    : { hours: range(0, hour), label: `hours before ${hour}:00`, length: length + 1 };
}

function between(words: readonly string[]): HoursFound | undefined {
  if (words[0] !== 'between' && words[0] !== 'from') return undefined;
  const first = Number(words[1]);
  const ownHalf = /^[ap]m$/.test(words[2] ?? '') ? 1 : 0;
  if (!/^(?:and|to)$/.test(words[2 + ownHalf] ?? '')) return undefined;
  const last = clock(words.slice(3 + ownHalf));
  if (!last || !Number.isInteger(first) || first > 24) return undefined;
  const from = ownHalf ? clock(words.slice(1))?.hour : first + (last.hour > 12 && first < last.hour - 12 ? 12 : 0);
  if (from === undefined || from >= last.hour) return undefined;
  return {
    hours: range(from, last.hour),
    label: `hours from ${from}:00 to before ${last.hour}:00`,
    length: 3 + ownHalf + last.length,
  };
}

/** `6 pm`, `18:00`, `8 o'clock`, `noon`, `midday`: full hours alone. */
function clock([first = '', second = '', third = '', fourth = '']: readonly string[]):
  { hour: number; length: number } | undefined {
  if (first === 'noon' || first === 'midday' || first === 'lunchtime') return { hour: 12, length: 1 };
  if (first === 'midnight') return undefined;
  const hour = Number(first);
  if (first === '' || !Number.isInteger(hour) || hour < 0 || hour > 24) return undefined;
  if (/^[ap]m$/.test(second))
    return hour < 1 || hour > 12 ? undefined : { hour: (hour % 12) + (second === 'pm' ? 12 : 0), length: 2 };
  const half = { morning: 0, afternoon: 12, evening: 12 }[fourth];
  if (second === 'in' && third === 'the' && half !== undefined) return { hour: (hour % 12) + half, length: 4 };
  if (second === 'o' && third === 'clock') return { hour: hour < 7 ? hour + 12 : hour, length: 3 };
  // The colon of `18:00` comes as a comma.
  if (second === ':' && third === '00') return { hour, length: 3 };
  return undefined;
}
