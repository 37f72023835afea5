import type { ColumnType } from './contract.js';
import { isPlain, readNumber, stylesFor, type NumberParts, type NumberStyle } from './number-style.js';

/** Whole numbers of up to 18 digits are exact in every engine; longer ones, and those that begin with 0, are names rather than amounts. */
const MAX_BIGINT_DIGITS = 18;
/** Above this a double may round the integer part. */
const MAX_DOUBLE_DIGITS = 15;
const MAX_DECIMAL_DIGITS = 38;
const MAX_SCALE = 6;
/** Digits of the integer part that are kept free, so that a later, greater number does not change the type. */
const HEADROOM = 3;
const PLAIN_INTEGER = /^[+-]?(0|[1-9]\d{0,17})$/;

interface Sighting {
  readonly row: number;
  readonly text: string;
}

/** What the numbers of a column, read in one style, have in common. */
interface StyleFacts {
  readonly style: NumberStyle;
  integerDigits: number;
  minScale: number;
  maxScale: number;
  firstFraction: Sighting | undefined;
  firstOtherScale: Sighting | undefined;
  firstExponent: Sighting | undefined;
}

export interface NumberType {
  readonly type: ColumnType;
  readonly format: string | undefined;
  readonly evidence: string;
}

/** Finds the one style and type in which all texts of a column are numbers. */
export class NumberColumn {
  private styles: StyleFacts[];
  private count = 0;

  /** `decimal` is the file's decimal mark: it decides what `1,234` means when the column does not. */
  constructor(first: string, decimal: '.' | ',') {
    this.styles = stylesFor(first, decimal).map((style) => ({
      style,
      integerDigits: 0,
      minScale: Infinity,
      maxScale: 0,
      firstFraction: undefined,
      firstOtherScale: undefined,
      firstExponent: undefined,
    }));
  }

  /** Whether the column can still be one of numbers, this text (without blanks around it) included. Once false, always false. */
  add(text: string, row: number): boolean {
    this.count++;
    this.styles = this.styles.filter((facts) => addTo(facts, text, row));
    return this.styles.length > 0;
  }

  /** Undefined when no type holds all the numbers without rounding them. */
  finish(): NumberType | undefined {
    const facts = this.chosen();
    if (!facts) return undefined;
    const format = isPlain(facts.style) ? undefined : facts.style.name;
    const type = typeOf(facts);
    return type && { type, format, evidence: this.explain(facts, type) };
  }

  /** The first style that fits; the simplest for integers without groups. */
  private chosen(): StyleFacts | undefined {
    const simple = this.styles.find(
      ({ style, firstFraction }) => style.group === '' && style.decimal === '.' && !firstFraction,
    );
    return simple ?? this.styles[0];
  }

  private explain(facts: StyleFacts, type: ColumnType): string {
    const many = `${allOf(this.count)} are`;
    const style = isPlain(facts.style) ? '' : ` written like ${facts.style.name}`;
    if (type === 'bigint') return `${many} integers${style}`;
    if (type.startsWith('decimal') && facts.minScale === facts.maxScale) {
      return `${many} numbers with ${facts.maxScale} ${facts.maxScale === 1 ? 'digit' : 'digits'} after the decimal mark${style}`;
    }
    const { firstExponent, firstOtherScale, firstFraction } = facts;
    if (firstExponent)
      return `row ${rowName(firstExponent)} is the first with an exponent${style}: ${firstExponent.text}`;
    if (firstOtherScale && firstOtherScale === firstFraction) {
      return `row ${rowName(firstFraction)} is the first that is not an integer${style}: ${firstFraction.text}`;
    }
    return firstOtherScale
      ? `${many} numbers${style}; the digits after the decimal mark vary from row ${rowName(firstOtherScale)} on: ${firstOtherScale.text}`
      : `${many} numbers${style}`;
  }
}

/** Why a text that looks like a number is kept as text, if it does. */
export function reasonToStayText(text: string): string | undefined {
  if (/^[+-]?0\d+([.,]\d+)?$/.test(text)) return `has a leading zero that a number would lose: ${text}`;
  if (/^[+-]?\d{19,}$/.test(text)) return `has more digits than a 64-bit integer holds: ${text}`;
  return undefined;
}

/** Takes the number into account, or returns false when the text is no number in this style or would lose something as one. */
function addTo(facts: StyleFacts, text: string, row: number): boolean {
  if (PLAIN_INTEGER.test(text)) {
    if (facts.style.prefix + facts.style.suffix !== '') return false;
    facts.integerDigits = Math.max(facts.integerDigits, text.length);
    noteScale(facts, 0, text, row);
    return true;
  }
  const parts = readNumber(text, facts.style);
  if (!parts || !isAmount(parts)) return false;
  facts.integerDigits = Math.max(facts.integerDigits, parts.integer.length);
  if (parts.exponent !== '') facts.firstExponent ??= { row, text };
  noteScale(facts, parts.fraction.length, text, row);
  return true;
}

function noteScale(facts: StyleFacts, scale: number, text: string, row: number): void {
  const differs = facts.minScale !== Infinity && scale !== facts.maxScale;
  if ((scale > 0 && !facts.firstFraction) || (differs && !facts.firstOtherScale)) {
    const sighting = { row, text };
    if (scale > 0) facts.firstFraction ??= sighting;
    if (differs) facts.firstOtherScale ??= sighting;
  }
  facts.minScale = Math.min(facts.minScale, scale);
  facts.maxScale = Math.max(facts.maxScale, scale);
}

/** Numbers with leading zeros, and those too large for any type, are names: codes, ids, telephone numbers. */
export function isAmount({ integer, fraction, exponent }: NumberParts): boolean {
  if (integer.length > 1 && integer.startsWith('0')) return false;
  if (exponent !== '' && !Number.isFinite(Number(`${integer}.${fraction || '0'}e${exponent}`))) return false;
  return integer.length <= MAX_BIGINT_DIGITS || fraction !== '' || exponent !== '';
}

function typeOf(facts: StyleFacts): ColumnType | undefined {
  const { integerDigits, minScale, maxScale, firstExponent, style } = facts;
  if (firstExponent) return integerDigits <= MAX_DOUBLE_DIGITS ? 'double' : undefined;
  if (maxScale === 0) return 'bigint';
  const money = style.prefix !== '' || (style.suffix !== '' && style.suffix !== '%');
  const fixed = maxScale <= MAX_SCALE && (minScale === maxScale || money);
  if (!fixed && integerDigits <= MAX_DOUBLE_DIGITS) return 'double';
  return decimalFor(integerDigits, maxScale);
}

/** One of two precisions, 18 (a 64-bit number) or 38, so that types seldom change from file to file. */
export function decimalFor(integerDigits: number, scale: number): ColumnType | undefined {
  if (integerDigits + scale + HEADROOM <= 18) return `decimal(18,${scale})`;
  return integerDigits + scale <= MAX_DECIMAL_DIGITS ? `decimal(38,${scale})` : undefined;
}

function rowName({ row }: Sighting): string {
  return row.toLocaleString('en');
}

/** `99 of 99 values`: how evidence says that nothing speaks against a type. */
export function allOf(count: number): string {
  const number = count.toLocaleString('en');
  return `${number} of ${number} values`;
}
