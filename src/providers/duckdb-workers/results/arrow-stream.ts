import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DuckDBDecimalType, type DuckDBDataChunk, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import {
  Binary,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimeMicrosecond,
  TimestampMicrosecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { EngineSession } from '../engine-session.js';
import { jsonSql } from './json-text.js';
import { rowSelectSql, type StoredResult } from './stored-result.js';

interface ArrowColumn {
  readonly type: DataType;
  /** SQL for the value in a form that `encode` takes. */
  readonly sql: (value: string) => string;
  readonly encode: (type: DataType, values: readonly unknown[]) => Data;
}

type Words = Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;
type LongWords = BigInt64Array | BigUint64Array;

const DECIMAL_BITS = 128;
const WORD_BITS = 32n;
const WORDS = DECIMAL_BITS / Number(WORD_BITS);

/** Writes a stored result as an Arrow IPC stream, one record batch for each chunk of the engine. Nested values travel as JSON text. */
export async function writeArrow({ connection }: EngineSession, result: StoredResult, output: Writable): Promise<void> {
  const columns = result.types.map(arrowColumn);
  const fields = columns.map(({ type }, index) => new Field(result.fileColumns[index]!, type, true));
  const schema = new Schema(fields);
  const stream = await connection.stream(
    rowSelectSql(result, (names) => names.map((name, i) => columns[i]!.sql(name))),
  );
  async function* batches(): AsyncGenerator<RecordBatch> {
    yield recordBatch(
      schema,
      0,
      columns.map(({ type, encode }) => encode(type, [])),
    );
    for (let chunk = await stream.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await stream.fetchChunk()) {
      yield recordBatch(schema, chunk.rowCount, encodeChunk(chunk, columns));
    }
  }
  await pipeline(Readable.from(batches()), RecordBatchStreamWriter.throughNode(), output, { end: false });
}

function encodeChunk(chunk: DuckDBDataChunk, columns: readonly ArrowColumn[]): Data[] {
  return columns.map(({ type, encode }, index) => encode(type, chunk.getColumnValues(index)));
}

function recordBatch(schema: Schema, length: number, children: Data[]): RecordBatch {
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }));
}

const FIXED: ReadonlyMap<DuckDBTypeId, [DataType, (length: number) => Words]> = new Map<
  DuckDBTypeId,
  [DataType, (length: number) => Words]
>([
  [DuckDBTypeId.TINYINT, [new Int8(), (length) => new Int8Array(length)]],
  [DuckDBTypeId.SMALLINT, [new Int16(), (length) => new Int16Array(length)]],
  [DuckDBTypeId.INTEGER, [new Int32(), (length) => new Int32Array(length)]],
  [DuckDBTypeId.UTINYINT, [new Uint8(), (length) => new Uint8Array(length)]],
  [DuckDBTypeId.USMALLINT, [new Uint16(), (length) => new Uint16Array(length)]],
  [DuckDBTypeId.UINTEGER, [new Uint32(), (length) => new Uint32Array(length)]],
  [DuckDBTypeId.FLOAT, [new Float32(), (length) => new Float32Array(length)]],
  [DuckDBTypeId.DOUBLE, [new Float64(), (length) => new Float64Array(length)]],
]);

function arrowColumn(type: DuckDBType): ArrowColumn {
  const fixed = FIXED.get(type.typeId);
  if (fixed) return { type: fixed[0], sql: asIs, encode: fixedWidth(fixed[1]) };
  if (type instanceof DuckDBDecimalType) {
    const scaled = (value: string) => `(${value} * ${10n ** BigInt(type.scale)}::HUGEINT)::HUGEINT`;
    return {
      type: new Decimal(type.scale, type.width, DECIMAL_BITS),
      sql: type.scale ? scaled : cast('HUGEINT'),
      encode: decimals,
    };
  }
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return { type: new Bool(), sql: asIs, encode: listed };
    case DuckDBTypeId.BIGINT:
      return { type: new Int64(), sql: asIs, encode: longWords((length) => new BigInt64Array(length)) };
    case DuckDBTypeId.UBIGINT:
      return { type: new Uint64(), sql: asIs, encode: longWords((length) => new BigUint64Array(length)) };
    case DuckDBTypeId.DATE:
      return {
        type: new DateDay(),
        sql: (value) => `(${value} - DATE '1970-01-01')::INTEGER`,
        encode: fixedWidth((length) => new Int32Array(length)),
      };
    case DuckDBTypeId.TIME:
      return {
        type: new TimeMicrosecond(),
        sql: (value) => `epoch_us(${value})`,
        encode: longWords((length) => new BigInt64Array(length)),
      };
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return {
        type: new TimestampMicrosecond(),
        sql: (value) => `epoch_us(${value})`,
        encode: longWords((length) => new BigInt64Array(length)),
      };
    case DuckDBTypeId.TIMESTAMP_TZ:
      return {
        type: new TimestampMicrosecond('UTC'),
        sql: (value) => `epoch_us(${value})`,
        encode: longWords((length) => new BigInt64Array(length)),
      };
    case DuckDBTypeId.BLOB:
      return { type: new Binary(), sql: asIs, encode: (arrowType, values) => listed(arrowType, values.map(bytesOf)) };
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.STRUCT:
    case DuckDBTypeId.MAP:
      return {
        type: new Utf8(),
        sql: (value) => `CASE WHEN ${value} IS NOT NULL THEN ${jsonSql(value, type)} END`,
        encode: listed,
      };
    default:
      return { type: new Utf8(), sql: cast('VARCHAR'), encode: listed };
  }
}

function asIs(value: string): string {
  return value;
}

function cast(type: string): (value: string) => string {
  return (value) => `${value}::${type}`;
}

function bytesOf(value: unknown): Uint8Array | null {
  return value === null ? null : (value as { bytes: Uint8Array }).bytes;
}

function listed(type: DataType, values: readonly unknown[]): Data {
  return vectorFromArray(values, type).data[0] ?? makeData({ type, length: 0 } as never);
}

function fixedWidth(allocate: (length: number) => Words): ArrowColumn['encode'] {
  return (type, values) => {
    const data = allocate(values.length);
    values.forEach((value, index) => (data[index] = (value as number | null) ?? 0));
    return dataOf(type, values, data);
  };
}

function longWords(allocate: (length: number) => LongWords): ArrowColumn['encode'] {
  return (type, values) => {
    const data = allocate(values.length);
    values.forEach((value, index) => (data[index] = (value as bigint | null) ?? 0n));
    return dataOf(type, values, data);
  };
}

/** 128 bits in words, the lowest first. */
function decimals(type: DataType, values: readonly unknown[]): Data {
  const data = new Uint32Array(values.length * WORDS);
  values.forEach((value, index) => {
    for (let word = 0; word < WORDS; word++) {
      data[index * WORDS + word] = Number(
        BigInt.asUintN(32, ((value as bigint | null) ?? 0n) >> (WORD_BITS * BigInt(word))),
      );
    }
  });
  return dataOf(type, values, data);
}

function dataOf(type: DataType, values: readonly unknown[], data: Words | LongWords): Data {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  values.forEach((value, index) => {
    if (value === null) nullCount++;
    else nullBitmap[index >> 3]! |= 1 << (index & 7);
  });
  return makeData({ type, length: values.length, nullCount, nullBitmap, data } as never) as Data;
}
