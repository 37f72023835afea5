import { as, type CallParts, type DataType, type Expression, open } from './ast.js';
import type { ExpressionWriter } from './expression-writer.js';
import type { Written } from './rule.js';
import {
  castTarget,
  isArray,
  isFloating,
  isInteger,
  isMap,
  isText,
  isTimestamp,
  isZoned,
  rowFields,
} from './trino-type.js';

interface CastParts {
  readonly this: Expression;
  readonly to: DataType;
  readonly double_colon_syntax: boolean;
}

/** CAST and TRY_CAST, with the conversions that the two engines do differently. */
export function writeCast(
  writer: ExpressionWriter,
  kind: string,
  { this: inner, to, double_colon_syntax }: CastParts,
): Written {
  const { context } = writer;
  if (double_colon_syntax) context.refuse('Athena has no :: operator.', 'Write CAST(value AS type).');
  const target = castTarget(to) ?? context.refuse(`The type ${to.name ?? to.data_type} is not available here.`);
  const lenient = kind === 'try_cast' || context.tryDepth > 0;
  const cast = (sql: string): Written => ({
    sql: `${lenient ? 'TRY_CAST' : 'CAST'}(${sql} AS ${target.engine})`,
    type: target.trino,
  });
  const row = rowLiteral(writer, inner, to);
  if (row) return row;
  const { sql, type } = writer.write(inner);
  if (target.trino === 'json' && type !== 'json') return { sql: `to_json(${sql})`, type: 'json' };
  if (isText(target.trino)) return { sql: asText({ sql, type }, to), type: target.trino };
  if (isInteger(target.trino) && isText(type)) return cast(`trino_whole_number_text(${sql})`);
  if (isInteger(target.trino) && isFloating(type)) return cast(`round(${sql})`);
  if (isText(type) && isFloating(target.trino)) return cast(`trim(${sql})`);
  return cast(sql);
}

/** `CAST(ROW(1, 'a') AS ROW(x bigint, y varchar))` names the fields. */
function rowLiteral(writer: ExpressionWriter, inner: Expression, to: DataType): Written | undefined {
  const call = as<CallParts>(inner, 'function');
  const [kind] = open(inner);
  if (to.data_type !== 'struct' || kind !== 'function' || call?.name?.toLowerCase() !== 'row') return undefined;
  const target = castTarget(to);
  if (!target || call.args?.length !== to.fields?.length) return undefined;
  return { sql: `CAST(row(${writer.list(call.args ?? [])}) AS ${target.engine})`, type: target.trino };
}

function asText({ sql, type }: Written, to: DataType): string {
  const text = textOf(sql, type);
  return to.length == null ? text : `substr(${text}, 1, ${to.length})`;
}

/** Trino writes milliseconds with timestamps and unwraps JSON strings. */
function textOf(sql: string, type: Written['type']): string {
  if (type === 'json') return `json_extract_string(${sql}, '$')`;
  if (isZoned(type) && isTimestamp(type)) return `strftime(CAST(${sql} AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g UTC')`;
  if (isTimestamp(type)) return `strftime(${sql}, '%Y-%m-%d %H:%M:%S.%g')`;
  if (isArray(type) || isMap(type) || rowFields(type)) return `CAST(to_json(${sql}) AS VARCHAR)`;
  return `CAST(${sql} AS VARCHAR)`;
}
