import { DuckDBListType, DuckDBMapType, DuckDBStructType, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { sqlText } from '../engine-session.js';

/** JSON numbers that every reader takes exactly. */
const SMALL_INTEGERS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.BOOLEAN,
  DuckDBTypeId.SQLNULL,
]);

/** SQL for the JSON text of a row: an array of its values in order. */
export function jsonArraySql(columns: readonly string[], types: readonly DuckDBType[]): string {
  return `'[' || ${columns.map((column, index) => jsonSql(column, types[index]!)).join(` || ',' || `)} || ']'`;
}

/** SQL for the JSON text of a row: an object with the given names. */
export function jsonObjectSql(
  columns: readonly string[],
  types: readonly DuckDBType[],
  names: readonly string[],
): string {
  const members = columns.map((column, index) => {
    const key = `${JSON.stringify(names[index])}:`;
    return `${sqlText(key)} || ${jsonSql(column, types[index]!)}`;
  });
  return `'{' || ${members.join(` || ',' || `)} || '}'`;
}

/**
 * SQL for the JSON text of one value, which is never NULL. Integers of 64 bits and decimals are strings, so that no
 * reader rounds them; so are NaN and the infinities, which JSON does not know.
 */
export function jsonSql(value: string, type: DuckDBType, depth = 0): string {
  if (type instanceof DuckDBListType) return orNull(value, listSql(value, type, depth));
  if (type instanceof DuckDBStructType) return orNull(value, structSql(value, type, depth));
  if (type instanceof DuckDBMapType) return orNull(value, mapSql(value, type, depth));
  if (type.alias === 'JSON') return `coalesce(${value}::VARCHAR, 'null')`;
  if (type.typeId === DuckDBTypeId.VARCHAR) return `coalesce(to_json(${value})::VARCHAR, 'null')`;
  if (SMALL_INTEGERS.has(type.typeId)) return `coalesce(${value}::VARCHAR, 'null')`;
  if (isFloatingPoint(type)) return `coalesce(${floatingPointSql(value, '"')}, 'null')`;
  return `coalesce('"' || ${plainTextSql(value, type)} || '"', 'null')`;
}

/** SQL for the text of a value of a type that has no quotes, control characters or structure in its text. */
export function plainTextSql(value: string, type: DuckDBType): string {
  switch (type.typeId) {
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return `replace(${value}::VARCHAR, ' ', 'T')`;
    case DuckDBTypeId.TIMESTAMP_TZ:
      // The session's zone is UTC, so the offset is always this one.
      return `replace(replace(${value}::VARCHAR, ' ', 'T'), '+00', 'Z')`;
    case DuckDBTypeId.BLOB:
      return `base64(${value})`;
    default:
      return `${value}::VARCHAR`;
  }
}

export function isFloatingPoint({ typeId }: DuckDBType): boolean {
  return typeId === DuckDBTypeId.DOUBLE || typeId === DuckDBTypeId.FLOAT;
}

/** SQL for the text of a floating-point number; `around` is put around what JSON does not know. NULL stays NULL. */
export function floatingPointSql(value: string, around: '"' | ''): string {
  const special = (text: string) => sqlText(`${around}${text}${around}`);
  return `CASE WHEN isfinite(${value}) THEN ${value}::VARCHAR WHEN isnan(${value}) THEN ${special('NaN')} WHEN ${value} > 0 THEN ${special('Infinity')} WHEN ${value} < 0 THEN ${special('-Infinity')} END`;
}

function listSql(value: string, { valueType }: DuckDBListType, depth: number): string {
  const item = `item${depth}`;
  const texts = `list_transform(${value}, lambda ${item}: ${jsonSql(item, valueType, depth + 1)})`;
  return `'[' || array_to_string(${texts}, ',') || ']'`;
}

function structSql(value: string, { entryNames, entryTypes }: DuckDBStructType, depth: number): string {
  const fields = entryTypes.map((_, index) => `struct_extract(${value}, ${sqlText(entryNames[index]!)})`);
  const members = fields.map((field, index) => {
    const key = `${JSON.stringify(entryNames[index])}:`;
    return `${sqlText(key)} || ${jsonSql(field, entryTypes[index]!, depth)}`;
  });
  return `'{' || ${members.join(` || ',' || `)} || '}'`;
}

function mapSql(value: string, { valueType }: DuckDBMapType, depth: number): string {
  const entry = `item${depth}`;
  const member = `to_json(${entry}.key::VARCHAR)::VARCHAR || ':' || ${jsonSql(`${entry}.value`, valueType, depth + 1)}`;
  return `'{' || array_to_string(list_transform(map_entries(${value}), lambda ${entry}: ${member}), ',') || '}'`;
}

function orNull(value: string, text: string): string {
  return `CASE WHEN ${value} IS NULL THEN 'null' ELSE ${text} END`;
}
