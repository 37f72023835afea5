import { moment, readOffset, type Moment } from './moment.js';

/** A strptime pattern made ready for use. */
export interface StrptimeFormat {
  readonly hasDate: boolean;
  readonly hasTime: boolean;
  readonly hasZone: boolean;
  /** A regular expression for the whole text, case aside, without blanks around it; valid in JavaScript and in RE2 alike. */
  readonly source: string;
  read(text: string): Moment | undefined;
}

/** A pattern that cannot be used; `message` says why. */
export class StrptimeError extends Error {}

interface Specifier {
  readonly pattern: string;
  readonly apply: (parts: Parts, text: string) => void;
}

type Parts = Partial<Moment> & { hour12?: number; afternoon?: boolean; dayOfYear?: number };

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3));
const monthNumber = (text: string) => MONTHS.findIndex((name) => name.startsWith(text.toLowerCase().slice(0, 3))) + 1;
const upTo = (digits: number) => `\\d{1,${digits}}`;

const SPECIFIERS: Readonly<Record<string, Specifier>> = {
  Y: { pattern: '\\d{4}', apply: (parts, text) => (parts.year = Number(text)) },
  y: { pattern: '\\d{2}', apply: (parts, text) => (parts.year = Number(text) + (Number(text) < 69 ? 2000 : 1900)) },
  m: { pattern: upTo(2), apply: (parts, text) => (parts.month = Number(text)) },
  b: { pattern: short(MONTHS).join('|'), apply: (parts, text) => (parts.month = monthNumber(text)) },
  B: { pattern: MONTHS.join('|'), apply: (parts, text) => (parts.month = monthNumber(text)) },
  d: { pattern: upTo(2), apply: (parts, text) => (parts.day = Number(text)) },
  j: { pattern: upTo(3), apply: (parts, text) => (parts.dayOfYear = Number(text)) },
  a: { pattern: short(DAYS).join('|'), apply: () => undefined },
  A: { pattern: DAYS.join('|'), apply: () => undefined },
  H: { pattern: upTo(2), apply: (parts, text) => (parts.hour = Number(text)) },
  I: { pattern: upTo(2), apply: (parts, text) => (parts.hour12 = Number(text)) },
  p: { pattern: 'am|pm', apply: (parts, text) => (parts.afternoon = text.toLowerCase() === 'pm') },
  M: { pattern: upTo(2), apply: (parts, text) => (parts.minute = Number(text)) },
  S: { pattern: upTo(2), apply: (parts, text) => (parts.second = Number(text)) },
  f: { pattern: upTo(6), apply: (parts, text) => (parts.microsecond = Number(text.padEnd(6, '0'))) },
  z: { pattern: '[+-]\\d{2}(?::?\\d{2})?', apply: (parts, text) => (parts.offsetMinutes = readOffset(text)) },
};

/**
 * Compiles a pattern such as `%d/%m/%Y %H:%M`. Numbers may lack leading zeros, names are English in any case, and a
 * blank in the pattern stands for one or more. Throws `StrptimeError`.
 */
export function strptime(pattern: string): StrptimeFormat {
  if (pattern.length > 100) throw new StrptimeError('is longer than 100 characters');
  const specifiers: Specifier[] = [];
  const letters = new Set<string>();
  const source = pattern.replace(/%-?.?|[^%]/gs, (token) => {
    const letter = token.length > 1 && token.startsWith('%') ? token.slice(-1) : '';
    if (token === '%%') return '%';
    if (!token.startsWith('%')) return token === ' ' ? ' +' : escapeLiteral(token);
    specifiers.push(addSpecifier(letter, token, letters));
    return `(${SPECIFIERS[letter]?.pattern ?? ''})`;
  });
  const expression = new RegExp(`^${source}$`, 'i');
  const has = (...any: string[]) => any.some((letter) => letters.has(letter));
  assertComplete(has);
  return {
    hasDate: has('Y', 'y'),
    hasTime: has('H', 'I'),
    hasZone: has('z'),
    source,
    read: (text) => read(expression.exec(text.trim()), specifiers),
  };
}

function addSpecifier(letter: string, token: string, letters: Set<string>): Specifier {
  const specifier = Object.hasOwn(SPECIFIERS, letter) ? SPECIFIERS[letter] : undefined;
  if (!specifier)
    throw new StrptimeError(
      `has ${token}; known are ${Object.keys(SPECIFIERS)
        .map((key) => `%${key}`)
        .join(' ')}`,
    );
  if (letters.has(letter)) throw new StrptimeError(`has %${letter} twice`);
  letters.add(letter);
  return specifier;
}

function assertComplete(has: (...any: string[]) => boolean): void {
  const date = has('Y', 'y');
  if (date && !has('j') && !(has('m', 'b', 'B') && has('d')))
    throw new StrptimeError('has a year but no month (%m, %b, %B) and day (%d)');
  if (!date && has('m', 'b', 'B', 'd', 'j')) throw new StrptimeError('has no year (%Y or %y)');
  if (has('I') !== has('p')) throw new StrptimeError('needs %I and %p together, or %H');
  if (has('H') && has('I')) throw new StrptimeError('has both %H and %I');
  if (!date && !has('H', 'I')) throw new StrptimeError('names neither a year (%Y) nor an hour (%H)');
}

function read(match: RegExpExecArray | null, specifiers: readonly Specifier[]): Moment | undefined {
  if (!match) return undefined;
  const parts: Parts = {};
  for (const [index, specifier] of specifiers.entries()) specifier.apply(parts, match[index + 1] ?? '');
  const { hour12, afternoon, dayOfYear, ...rest } = parts;
  if (hour12 !== undefined) {
    if (hour12 < 1 || hour12 > 12) return undefined;
    rest.hour = (hour12 % 12) + (afternoon ? 12 : 0);
  }
  if (dayOfYear !== undefined && rest.year !== undefined) return fromDayOfYear(rest, rest.year, dayOfYear);
  return moment(rest);
}

function fromDayOfYear(parts: Partial<Moment>, year: number, dayOfYear: number): Moment | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, 0, dayOfYear);
  if (date.getUTCFullYear() !== year) return undefined;
  return moment({ ...parts, month: date.getUTCMonth() + 1, day: date.getUTCDate() });
}

function escapeLiteral(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
