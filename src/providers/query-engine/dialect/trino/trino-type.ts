import type { DataType } from './ast.js';

/** A Trino type name in lower case without spaces inside parentheses; undefined where it cannot be told before the run. */
export type TrinoType = string | undefined;

const INTEGERS = ['tinyint', 'smallint', 'integer', 'bigint'];
const DIGITS: Readonly<Record<string, number>> = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 };

export interface Decimal {
  readonly precision: number;
  readonly scale: number;
}

export const decimalType = (precision: number, scale: number): string => `decimal(${Math.min(38, precision)},${scale})`;
export const isInteger = (type: TrinoType): boolean => type !== undefined && INTEGERS.includes(type);
export const isFloating = (type: TrinoType): boolean => type === 'double' || type === 'real';
export const isText = (type: TrinoType): boolean => type !== undefined && /^(varchar|char)\b/.test(type);
export const isArray = (type: TrinoType): boolean => type?.startsWith('array(') ?? false;
export const isMap = (type: TrinoType): boolean => type?.startsWith('map(') ?? false;
export const isZoned = (type: TrinoType): boolean => type?.endsWith('with time zone') ?? false;
export const isTimestamp = (type: TrinoType): boolean => type?.startsWith('timestamp') ?? false;
export const isInterval = (type: TrinoType): boolean => type?.startsWith('interval') ?? false;

export function decimalOf(type: TrinoType): Decimal | undefined {
  const match = /^decimal\((\d+),(\d+)\)$/.exec(type ?? '');
  return match ? { precision: Number(match[1]), scale: Number(match[2]) } : undefined;
}

/** The decimal that holds every value of an exact numeric type. */
export function asDecimal(type: TrinoType): Decimal | undefined {
  const digits = DIGITS[type ?? ''];
  return digits === undefined ? decimalOf(type) : { precision: digits, scale: 0 };
}

/** What stands between the outer parentheses, split at commas that are not inside others: `map(a,array(b))` gives two. */
export function innerTypes(type: TrinoType): string[] {
  if (type === undefined || !type.includes('(')) return [];
  const inner = type.slice(type.indexOf('(') + 1, -1);
  const parts: string[] = [''];
  let depth = 0;
  for (const character of inner) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

export const elementType = (type: TrinoType): TrinoType => (isArray(type) ? known(innerTypes(type)[0]) : undefined);
export const keyType = (type: TrinoType): TrinoType => (isMap(type) ? known(innerTypes(type)[0]) : undefined);
export const valueType = (type: TrinoType): TrinoType => (isMap(type) ? known(innerTypes(type)[1]) : undefined);
export const arrayOf = (type: TrinoType): string => `array(${type ?? UNKNOWN})`;
export const mapOf = (key: TrinoType, value: TrinoType): string => `map(${key ?? UNKNOWN},${value ?? UNKNOWN})`;

const UNKNOWN = '?';
const known = (type: string | undefined): TrinoType => (type === UNKNOWN ? undefined : type);

/** Fields of a row type with their types; names may be empty. */
export function rowFields(type: TrinoType): { name: string; type: TrinoType }[] | undefined {
  if (!type?.startsWith('row(')) return undefined;
  return innerTypes(type).map((field) => {
    const match = /^("(?:[^"]|"")*"|[a-z_][a-z0-9_]*) (.*)$/.exec(field);
    return match ? { name: match[1] ?? '', type: known(match[2]) } : { name: '', type: known(field) };
  });
}

/** The type that two operands meet at, as in CASE and COALESCE. */
export function commonType(types: readonly TrinoType[]): TrinoType {
  const present = types.filter((type) => type !== 'unknown');
  const [first] = present;
  if (present.length === 0 || first === undefined) return undefined;
  if (present.every((type) => type === first)) return first;
  if (present.every(isInteger)) return INTEGERS[Math.max(...present.map((type) => INTEGERS.indexOf(type ?? '')))];
  if (present.every(isText)) return 'varchar';
  const decimals = present.map(asDecimal);
  if (decimals.every((decimal) => decimal !== undefined)) return widestDecimal(decimals);
  const numeric = present.every((type) => isFloating(type) || asDecimal(type) !== undefined);
  return numeric ? 'double' : undefined;
}

function widestDecimal(decimals: readonly Decimal[]): string {
  const scale = Math.max(...decimals.map((decimal) => decimal.scale));
  return decimalType(Math.max(...decimals.map((decimal) => decimal.precision - decimal.scale)) + scale, scale);
}

const SIMPLE: Readonly<Record<string, { trino: string; engine: string }>> = {
  boolean: { trino: 'boolean', engine: 'BOOLEAN' },
  tiny_int: { trino: 'tinyint', engine: 'TINYINT' },
  small_int: { trino: 'smallint', engine: 'SMALLINT' },
  int: { trino: 'integer', engine: 'INTEGER' },
  big_int: { trino: 'bigint', engine: 'BIGINT' },
  float: { trino: 'real', engine: 'FLOAT' },
  real: { trino: 'real', engine: 'FLOAT' },
  double: { trino: 'double', engine: 'DOUBLE' },
  text: { trino: 'varchar', engine: 'VARCHAR' },
  string: { trino: 'varchar', engine: 'VARCHAR' },
  var_char: { trino: 'varchar', engine: 'VARCHAR' },
  char: { trino: 'varchar', engine: 'VARCHAR' },
  var_binary: { trino: 'varbinary', engine: 'BLOB' },
  binary: { trino: 'varbinary', engine: 'BLOB' },
  blob: { trino: 'varbinary', engine: 'BLOB' },
  date: { trino: 'date', engine: 'DATE' },
  json: { trino: 'json', engine: 'JSON' },
  uuid: { trino: 'uuid', engine: 'UUID' },
  interval: { trino: 'interval day to second', engine: 'INTERVAL' },
};

/** The type a CAST names, in Trino's and in the engine's words; undefined when the engine has none like it. */
export function castTarget(type: DataType): { trino: string; engine: string } | undefined {
  switch (type.data_type) {
    case 'decimal':
      return decimalTarget(type.precision ?? 38, type.scale ?? 0);
    case 'time':
      return type.timezone ? { trino: 'time with time zone', engine: 'TIMETZ' } : { trino: 'time', engine: 'TIME' };
    case 'timestamp':
      return type.timezone
        ? { trino: 'timestamp with time zone', engine: 'TIMESTAMPTZ' }
        : { trino: 'timestamp', engine: 'TIMESTAMP' };
    case 'array':
      return arrayTarget(type);
    case 'map':
      return mapTarget(type);
    case 'struct':
      return rowTarget(type);
    default:
      return SIMPLE[type.data_type];
  }
}

const decimalTarget = (precision: number, scale: number) => ({
  trino: `decimal(${precision},${scale})`,
  engine: `DECIMAL(${precision},${scale})`,
});

function arrayTarget({ element_type }: DataType) {
  const element = element_type && castTarget(element_type);
  return element && { trino: arrayOf(element.trino), engine: `${element.engine}[]` };
}

function mapTarget({ key_type, value_type }: DataType) {
  const key = key_type && castTarget(key_type);
  const value = value_type && castTarget(value_type);
  return key && value && { trino: mapOf(key.trino, value.trino), engine: `MAP(${key.engine}, ${value.engine})` };
}

function rowTarget({ fields = [] }: DataType) {
  const targets = fields.map((field, index) => {
    const target = castTarget(field.data_type);
    const name = field.name === '' ? `field${index}` : field.name;
    const trinoName = field.name === '' ? '' : `${trinoFieldName(field.name)} `;
    return (
      target && { trino: `${trinoName}${target.trino}`, engine: `"${name.replaceAll('"', '""')}" ${target.engine}` }
    );
  });
  if (targets.includes(undefined)) return undefined;
  return {
    trino: `row(${targets.map((target) => target?.trino).join(',')})`,
    engine: `STRUCT(${targets.map((target) => target?.engine).join(', ')})`,
  };
}

const trinoFieldName = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
