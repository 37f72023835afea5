/**
 * How numbers are written. The name of a style shows 1234.5 written in it, which is also the column's `format`:
 * a body (`1.50`, `1,50`, `1,234.50`, `1.234,50`, `1 234.50`, `1 234,50`, `1'234.50`), before it or after it a currency
 * sign ($ € £ ¥), or after it `%`: `$1,234.50`, `1.234,50€`, `1.50%`. A column without `format` is written as `1.50`.
 */
export interface NumberStyle {
  readonly name: string;
  readonly group: '' | ',' | '.' | ' ' | "'";
  readonly decimal: '.' | ',';
  readonly prefix: string;
  /** A currency sign or `%`. The sign is only removed: `10%` is the number 10. */
  readonly suffix: string;
}

/** A number taken apart: `-1,234.50` has the integer `1234` and the fraction `50`. */
export interface NumberParts {
  readonly negative: boolean;
  /** At least one digit. */
  readonly integer: string;
  readonly fraction: string;
  /** With its sign; empty when there is none. */
  readonly exponent: string;
}

type Body = Pick<NumberStyle, 'group' | 'decimal'>;

const BODIES = new Map<string, Body>([
  ['1.50', { group: '', decimal: '.' }],
  ['1,234.50', { group: ',', decimal: '.' }],
  ['1 234.50', { group: ' ', decimal: '.' }],
  ["1'234.50", { group: "'", decimal: '.' }],
  ['1,50', { group: '', decimal: ',' }],
  ['1.234,50', { group: '.', decimal: ',' }],
  ['1 234,50', { group: ' ', decimal: ',' }],
]);
/** Other ways to write the name of the plain body, as in `10%`. */
const PLAIN_ALIASES = new Set(['1', '10', '1234.50']);
const AFFIXED = /^([$€£¥]?)([^$€£¥%]*?) ?([%$€£¥]?)$/;
const BLANKS = ' \u00A0\u202F\u2009';
const REMOVED = new RegExp(`[$€£¥%\\s+']`, 'g');

const PLAIN_STYLE: NumberStyle = { name: '1.50', group: '', decimal: '.', prefix: '', suffix: '' };

/** Texts of these styles differ from plain numbers; the rest is read as it stands. */
export function isPlain(style: NumberStyle): boolean {
  return style.name === PLAIN_STYLE.name;
}

/** The style that a column's `format` names, or undefined when there is no such style. */
export function numberStyle(format: string | undefined): NumberStyle | undefined {
  if (format === undefined) return PLAIN_STYLE;
  const [, prefix = '', written = '', suffix = ''] = AFFIXED.exec(format) ?? [];
  const name = PLAIN_ALIASES.has(written) ? '1.50' : written;
  const body = BODIES.get(name);
  if (!body || (prefix !== '' && suffix !== '')) return undefined;
  return { name: `${prefix}${name}${suffix}`, ...body, prefix, suffix };
}

/** Every style in which this text could be a number, those first that suit the file's decimal mark. */
export function stylesFor(text: string, decimal: '.' | ','): NumberStyle[] {
  const prefix = /^[+-]?([$€£¥])/.exec(text)?.[1] ?? '';
  const suffix = prefix === '' ? (/[%$€£¥]$/.exec(text)?.[0] ?? '') : '';
  return [...BODIES.keys()]
    .map((body) => numberStyle(`${prefix}${body}${suffix}`))
    .filter((style) => style !== undefined)
    .toSorted((a, b) => Number(b.decimal === decimal) - Number(a.decimal === decimal));
}

/**
 * A regular expression for the whole text of a number in this style, blanks around it included. It is valid in
 * JavaScript and in RE2 alike; exponents are only allowed in the plain style.
 */
export function numberPattern(style: NumberStyle): string {
  const group = style.group === ' ' ? `[${BLANKS}]` : style.group === '.' ? '\\.' : style.group;
  const integer = group === '' ? '[0-9]+' : `(?:[0-9]{1,3}(?:${group}[0-9]{3})+|[0-9]+)`;
  const mark = style.decimal === '.' ? '\\.' : ',';
  const exponent = isPlain(style) ? '(?:[eE][+-]?[0-9]{1,3})?' : '';
  const prefix = style.prefix === '$' ? '\\$' : style.prefix;
  const suffix = style.suffix === '$' ? '\\$' : style.suffix;
  const edge = `[\\s${BLANKS}]*`;
  const sign = prefix === '' ? '[+-]?' : `(?:[+-]?${prefix}[${BLANKS}]?|${prefix}[${BLANKS}]?[+-])`;
  const end = suffix === '' ? '' : `[${BLANKS}]?${suffix}`;
  return `${edge}${sign}(?:${integer}(?:${mark}[0-9]*)?|${mark}[0-9]+)${exponent}${end}${edge}`;
}

const patterns = new Map<string, RegExp>();

/** Takes a number apart, or returns undefined when the text is none in this style. */
export function readNumber(text: string, style: NumberStyle): NumberParts | undefined {
  let pattern = patterns.get(style.name);
  if (!pattern) patterns.set(style.name, (pattern = new RegExp(`^${numberPattern(style)}$`)));
  if (!pattern.test(text)) return undefined;
  const [mantissa = '', exponent = ''] = text.trim().split(/[eE]/);
  const digits = withoutGroups(mantissa, style).replace(REMOVED, '');
  const [integer = '', fraction = ''] = digits.replace('-', '').split(style.decimal);
  return { negative: digits.includes('-'), integer: integer || '0', fraction, exponent };
}

function withoutGroups(text: string, { group }: NumberStyle): string {
  return group === ',' || group === '.' ? text.replaceAll(group, '') : text;
}
