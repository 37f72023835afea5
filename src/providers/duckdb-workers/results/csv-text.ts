import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { csvField, formulaTriggers, quotedCharacters, recordEnd, withoutFormula } from '../../../csv/write-csv.js';
import { floatingPointSql, isFloatingPoint, jsonSql, plainTextSql } from './json-text.js';

/** Types whose text cannot be a formula: signs in front of numbers are what they seem. */
const INERT: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.BOOLEAN,
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.DATE,
  DuckDBTypeId.TIME,
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
  DuckDBTypeId.UUID,
]);
const NESTED: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.LIST, DuckDBTypeId.STRUCT, DuckDBTypeId.MAP]);

/** Statements to run once in the session that builds lines. */
export const CSV_MACROS: readonly string[] = [
  `CREATE MACRO csv_guarded(field) AS CASE WHEN left(field, 1) IN (${formulaTriggers.map(characterSql).join(', ')}) THEN '''' || field ELSE field END`,
  `CREATE MACRO csv_quoted(field) AS CASE WHEN field = '' OR ${quotedCharacters.map((character) => `contains(field, ${characterSql(character)})`).join(' OR ')}
   THEN '"' || replace(field, '"', '""') || '"' ELSE field END`,
];

/** The header's line. */
export function csvHeader(names: readonly string[], raw: boolean): string {
  return names.map((name) => csvField(raw ? name : withoutFormula(name))).join(',') + recordEnd;
}

/**
 * SQL for one CSV line (RFC 4180). A NULL is an empty field, an empty text is `""`. Unless `raw`, a text that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
export function csvLineSql(columns: readonly string[], types: readonly DuckDBType[], raw: boolean): string {
  const fields = columns.map((column, index) => `coalesce(${fieldSql(column, types[index]!, raw)}, '')`);
  return `${fields.join(` || ',' || `)} || chr(13) || chr(10)`;
}

/** NULL for NULL. */
function fieldSql(column: string, type: DuckDBType, raw: boolean): string {
  if (isFloatingPoint(type)) return floatingPointSql(column, '');
  if (INERT.has(type.typeId)) return plainTextSql(column, type);
  const text = NESTED.has(type.typeId)
    ? `CASE WHEN ${column} IS NOT NULL THEN ${jsonSql(column, type)} END`
    : plainTextSql(column, type);
  return `csv_quoted(${raw ? text : `csv_guarded(${text})`})`;
}

function characterSql(character: string): string {
  return `chr(${character.charCodeAt(0)})`;
}
