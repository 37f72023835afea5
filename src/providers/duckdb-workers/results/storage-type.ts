import {
  DECIMAL,
  DuckDBArrayType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
  LIST,
  MAP,
  STRUCT,
  VARCHAR,
} from '@duckdb/node-api';

/** Widest exact number that Parquet knows. */
const WIDE_INTEGER = DECIMAL(38, 0);

/** Types that Parquet would store with a loss (as DOUBLE, in milliseconds, without the zone) or not at all. */
const REPLACEMENTS: ReadonlyMap<DuckDBTypeId, DuckDBType> = new Map([
  [DuckDBTypeId.HUGEINT, WIDE_INTEGER],
  [DuckDBTypeId.UHUGEINT, WIDE_INTEGER],
  ...[
    DuckDBTypeId.BIGNUM,
    DuckDBTypeId.INTERVAL,
    DuckDBTypeId.TIME_TZ,
    DuckDBTypeId.TIME_NS,
    DuckDBTypeId.BIT,
    DuckDBTypeId.ENUM,
    DuckDBTypeId.UNION,
    DuckDBTypeId.VARIANT,
    DuckDBTypeId.GEOMETRY,
  ].map((id): [DuckDBTypeId, DuckDBType] => [id, VARCHAR]),
]);

/** The type as which a result's values are stored in Parquet, so that nothing is lost when they are read again. */
export function storageType(type: DuckDBType): DuckDBType {
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType) return LIST(nestedType(type.valueType));
  if (type instanceof DuckDBMapType) return MAP(nestedType(type.keyType), nestedType(type.valueType));
  if (type instanceof DuckDBStructType) return structType(type);
  return REPLACEMENTS.get(type.typeId) ?? type;
}

/** Fields of an anonymous row get Trino's names for them. */
function structType({ entryNames, entryTypes }: DuckDBStructType): DuckDBType {
  return STRUCT(
    Object.fromEntries(entryTypes.map((type, index) => [entryNames[index] || `field${index}`, nestedType(type)])),
  );
}

/** JSON inside another value is text like any other: Parquet does not give it back as JSON. */
function nestedType(type: DuckDBType): DuckDBType {
  return type.typeId === DuckDBTypeId.VARCHAR ? VARCHAR : storageType(type);
}
