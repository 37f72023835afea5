import type { CallParts } from './ast.js';
import { keepDate } from './date-functions.js';
import type { ExpressionWriter } from './expression-writer.js';
import type { Written } from './rule.js';
import {
  asDecimal,
  commonType,
  decimalOf,
  decimalType,
  isFloating,
  isInteger,
  isInterval,
  isTimestamp,
  type TrinoType,
} from './trino-type.js';

type Operator = 'add' | 'sub' | 'mul' | 'div' | 'mod';

const SIGNS: Readonly<Record<Operator, string>> = { add: '+', sub: '-', mul: '*', div: '/', mod: '%' };

/** Ends a run with an error that the engine, unlike `error()`, allows inside TRY. */
const divisionByZero = (type: TrinoType): string => `CAST('Division by zero' AS ${(type ?? 'bigint').toUpperCase()})`;

export function writeArithmetic(
  writer: ExpressionWriter,
  operator: Operator,
  { left = {}, right = {} }: CallParts,
): Written {
  const [a, b] = [writer.write(left), writer.write(right)];
  if (isMoment(a.type) || isMoment(b.type)) return writeMoment(a, SIGNS[operator], b);
  if (operator === 'div') return divide(writer, a, b);
  if (operator === 'mod') return modulo(writer, a, b);
  return { sql: `(${a.sql} ${SIGNS[operator]} ${b.sql})`, type: numericType(operator, a.type, b.type) };
}

const isMoment = (type: TrinoType): boolean =>
  type === 'date' || type === 'time' || isTimestamp(type) || isInterval(type);

/** Dates and times with intervals and with each other. */
function writeMoment(a: Written, sign: string, b: Written): Written {
  const sql = `(${a.sql} ${sign} ${b.sql})`;
  if (a.type === 'date' && b.type === 'date')
    return { sql: `to_days(CAST(${sql} AS INTEGER))`, type: 'interval day to second' };
  if (isInterval(b.type) && !isInterval(a.type)) return keepDate(sql, a.type);
  if (isInterval(a.type) && isMoment(b.type)) return keepDate(sql, isInterval(b.type) ? a.type : b.type);
  if (isInterval(a.type) || isInterval(b.type)) return { sql, type: isInterval(a.type) ? a.type : b.type };
  return { sql, type: 'interval day to second' };
}

function numericType(operator: Operator, a: TrinoType, b: TrinoType): TrinoType {
  if (isFloating(a) || isFloating(b)) return 'double';
  if (isInteger(a) && isInteger(b)) return commonType([a, b]);
  const [x, y] = [asDecimal(a), asDecimal(b)];
  if (!x || !y) return undefined;
  if (operator === 'mul') return decimalType(x.precision + y.precision, x.scale + y.scale);
  const scale = Math.max(x.scale, y.scale);
  return decimalType(Math.max(x.precision - x.scale, y.precision - y.scale) + scale + 1, scale);
}

const isZero = (sql: string): boolean => /^[0.]+(e[+-]?\d+)?$/i.test(sql);
const isOtherNumber = (sql: string): boolean => /^[\d.]+(e[+-]?\d+)?$/i.test(sql) && !isZero(sql);

/** Whole numbers divide to whole numbers and decimals keep the larger scale; only doubles go on to infinity. */
function divide({ context }: ExpressionWriter, a: Written, b: Written): Written {
  const plain = `(${a.sql} / ${b.sql})`;
  if (isInteger(a.type) && isInteger(b.type)) {
    context.warnings.add(
      'A division of whole numbers drops the fraction: 7 / 2 is 3. Cast one side to double to keep it.',
    );
    const type = commonType([a.type, b.type]);
    return { sql: guarded(context.tryDepth > 0, `(${a.sql} // ${b.sql})`, b.sql, type), type };
  }
  if (isFloating(a.type) || isFloating(b.type)) {
    if (isOtherNumber(b.sql)) return { sql: plain, type: 'double' };
    return {
      sql: `(CASE WHEN ${b.sql} = 0 THEN ${a.sql} * CAST('Infinity' AS DOUBLE) ELSE ${plain} END)`,
      type: 'double',
    };
  }
  const [x, y] = [asDecimal(a.type), asDecimal(b.type)];
  if (!x || !y) return { sql: plain, type: undefined };
  const scale = Math.max(x.scale, y.scale);
  const precision = Math.min(38, x.precision + y.scale + Math.max(y.scale - x.scale, 0));
  context.warnings.add(
    `A division of decimals keeps ${scale === 1 ? '1 digit' : `${scale} digits`} after the point. Cast one side to double for more.`,
  );
  const type = decimalType(precision, scale);
  const quotient = `CAST(round(${plain}, ${scale}) AS ${type})`;
  return { sql: guarded(context.tryDepth > 0, quotient, b.sql, type), type };
}

function modulo({ context }: ExpressionWriter, a: Written, b: Written): Written {
  const plain = `(${a.sql} % ${b.sql})`;
  const exact = asDecimal(a.type) !== undefined && asDecimal(b.type) !== undefined;
  const type =
    isInteger(a.type) && isInteger(b.type) ? commonType([a.type, b.type]) : decimalOf(b.type) ? b.type : undefined;
  return { sql: exact ? guarded(context.tryDepth > 0, plain, b.sql, type) : plain, type };
}

/** The engine gives NULL for a division by zero, where Trino fails: so does this, unless inside TRY. */
function guarded(lenient: boolean, division: string, divisor: string, type: TrinoType): string {
  if (lenient || isOtherNumber(divisor)) return division;
  return `(CASE WHEN ${divisor} = 0 THEN ${divisionByZero(type)} ELSE ${division} END)`;
}
