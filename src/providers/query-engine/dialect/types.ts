import {
  DuckDBArrayType,
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';

/** Trino has no unsigned and no 128-bit integers: each takes the narrowest Trino type that holds all its values. */
const NAMES: Readonly<Partial<Record<DuckDBTypeId, string>>> = {
  [DuckDBTypeId.BOOLEAN]: 'boolean',
  [DuckDBTypeId.TINYINT]: 'tinyint',
  [DuckDBTypeId.UTINYINT]: 'smallint',
  [DuckDBTypeId.SMALLINT]: 'smallint',
  [DuckDBTypeId.USMALLINT]: 'integer',
  [DuckDBTypeId.INTEGER]: 'integer',
  [DuckDBTypeId.INTEGER_LITERAL]: 'integer',
  [DuckDBTypeId.UINTEGER]: 'bigint',
  [DuckDBTypeId.BIGINT]: 'bigint',
  [DuckDBTypeId.UBIGINT]: 'decimal(20,0)',
  [DuckDBTypeId.HUGEINT]: 'decimal(38,0)',
  [DuckDBTypeId.UHUGEINT]: 'decimal(38,0)',
  [DuckDBTypeId.FLOAT]: 'real',
  [DuckDBTypeId.DOUBLE]: 'double',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.TIME]: 'time',
  [DuckDBTypeId.TIME_NS]: 'time',
  [DuckDBTypeId.TIME_TZ]: 'time with time zone',
  [DuckDBTypeId.TIMESTAMP]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_S]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_MS]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_NS]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'timestamp with time zone',
  [DuckDBTypeId.INTERVAL]: 'interval day to second',
  [DuckDBTypeId.BLOB]: 'varbinary',
  [DuckDBTypeId.UUID]: 'uuid',
  [DuckDBTypeId.SQLNULL]: 'unknown',
};

/** Trino's name of an engine type, as it stands in `ResultColumn.type`. Types that Trino lacks arrive as text: `varchar`. */
export function trinoTypeName(type: DuckDBType): string {
  if (type instanceof DuckDBDecimalType) return `decimal(${type.width},${type.scale})`;
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType)
    return `array(${trinoTypeName(type.valueType)})`;
  if (type instanceof DuckDBMapType) return `map(${trinoTypeName(type.keyType)},${trinoTypeName(type.valueType)})`;
  if (type instanceof DuckDBStructType) return rowTypeName(type);
  if (type.alias === 'JSON') return 'json';
  return NAMES[type.typeId] ?? 'varchar';
}

function rowTypeName(type: DuckDBStructType): string {
  const fields = type.entryNames.map((name, index) => {
    const fieldType = type.entryTypes[index];
    return `${fieldName(name)}${fieldType === undefined ? 'unknown' : trinoTypeName(fieldType)}`;
  });
  return `row(${fields.join(',')})`;
}

/** Fields that were never named have no name in Trino either. */
function fieldName(name: string): string {
  if (name === '') return '';
  return /^[a-z_][a-z0-9_]*$/i.test(name) ? `${name.toLowerCase()} ` : `"${name.replaceAll('"', '""')}" `;
}
