import { type Call, expectArguments, type Rule, template, type Written } from './rule.js';
import {
  arrayOf,
  elementType,
  isArray,
  isInteger,
  isMap,
  keyType,
  mapOf,
  rowFields,
  type TrinoType,
  valueType,
} from './trino-type.js';

const arrayType = (call: Call): TrinoType => (isArray(call.arg(0).type) ? call.arg(0).type : undefined);
const element = (call: Call): TrinoType => elementType(call.arg(0).type);

function transform(call: Call): Written {
  expectArguments(call, 2);
  const list = call.arg(0);
  const lambda = call.lambda(1, [elementType(list.type)]);
  return { sql: `list_transform(${list.sql}, ${lambda.sql})`, type: arrayOf(lambda.type) };
}

function filter(call: Call): Written {
  expectArguments(call, 2);
  const list = call.arg(0);
  return { sql: `list_filter(${list.sql}, ${call.lambda(1, [elementType(list.type)]).sql})`, type: list.type };
}

/** Whether all, any or none of the elements match: counted, so that NULL stays NULL and an empty array is decided. */
function matches(comparison: string): Rule {
  return (call) => {
    const { sql } = filter(call);
    return { sql: `(len(${sql}) ${fillList(comparison, call.arg(0).sql)})`, type: 'boolean' };
  };
}

const fillList = (comparison: string, list: string): string => comparison.replace('$1', list);

function reduce(call: Call): Written {
  expectArguments(call, 4);
  const [list, start] = [call.arg(0), call.arg(1)];
  const step = call.lambda(2, [start.type, elementType(list.type)]);
  const reduced = `list_reduce(${list.sql}, ${step.sql}, ${start.sql})`;
  return call.body(3, [{ sql: reduced, type: step.type ?? start.type }]);
}

function zipWith(call: Call): Written {
  expectArguments(call, 3);
  const [left, right] = [call.arg(0), call.arg(1)];
  const body = call.body(2, [
    { sql: 'struct_extract_at(pair, 1)', type: elementType(left.type) },
    { sql: 'struct_extract_at(pair, 2)', type: elementType(right.type) },
  ]);
  return {
    sql: `list_transform(list_zip(${left.sql}, ${right.sql}), lambda pair: ${body.sql})`,
    type: arrayOf(body.type),
  };
}

function arraySort(call: Call): Written {
  if (call.count === 2)
    call.fail('array_sort takes no comparison here; sort in a subquery with ORDER BY and array_agg.');
  return template('$1', `list_sort($1, 'ASC', 'NULLS LAST')`)(call);
}

/** Dates step by a day unless told otherwise, and stay dates. */
function sequence(call: Call): Written {
  expectArguments(call, 2, 3);
  const [from, to] = [call.arg(0), call.arg(1)];
  if (from.type === 'date') {
    const step = call.count === 3 ? call.arg(2).sql : 'to_days(1)';
    return { sql: `CAST(generate_series(${from.sql}, ${to.sql}, ${step}) AS DATE[])`, type: 'array(date)' };
  }
  const type = isInteger(from.type) ? 'array(bigint)' : arrayOf(from.type);
  if (call.count === 3) return { sql: `generate_series(${from.sql}, ${to.sql}, ${call.arg(2).sql})`, type };
  return { sql: `trino_sequence(${from.sql}, ${to.sql})`, type };
}

function cardinality(call: Call): Written {
  expectArguments(call, 1);
  const { sql, type } = call.arg(0);
  return { sql: isMap(type) ? `CAST(cardinality(${sql}) AS BIGINT)` : `len(${sql})`, type: 'bigint' };
}

function elementAt(call: Call): Written {
  expectArguments(call, 2);
  const { sql, type } = call.arg(0);
  return { sql: `${sql}[${call.arg(1).sql}]`, type: isMap(type) ? valueType(type) : elementType(type) };
}

function map(call: Call): Written {
  if (call.count === 0) return { sql: 'map()', type: undefined };
  expectArguments(call, 2);
  const type = mapOf(elementType(call.arg(0).type), elementType(call.arg(1).type));
  return { sql: `map(${call.arg(0).sql}, ${call.arg(1).sql})`, type };
}

/** Rewrites a map entry by entry; `template` says what becomes of the key and the value, `$1` being the body. */
function mapEntries(key: string, value: string, type: (map: TrinoType, body: TrinoType) => TrinoType): Rule {
  return (call) => {
    expectArguments(call, 2);
    const source = call.arg(0);
    const body = call.body(1, [
      { sql: 'entry.key', type: keyType(source.type) },
      { sql: 'entry.value', type: valueType(source.type) },
    ]);
    const pair = `struct_pack(key := ${key.replace('$1', body.sql)}, value := ${value.replace('$1', body.sql)})`;
    return {
      sql: `map_from_entries(list_transform(map_entries(${source.sql}), lambda entry: ${pair}))`,
      type: type(source.type, body.type),
    };
  };
}

function mapFilter(call: Call): Written {
  expectArguments(call, 2);
  const source = call.arg(0);
  const body = call.body(1, [
    { sql: 'entry.key', type: keyType(source.type) },
    { sql: 'entry.value', type: valueType(source.type) },
  ]);
  return {
    sql: `map_from_entries(list_filter(map_entries(${source.sql}), lambda entry: ${body.sql}))`,
    type: source.type,
  };
}

function mapFromEntries(call: Call): Written {
  expectArguments(call, 1);
  const { sql, type } = call.arg(0);
  const [key, value] = rowFields(elementType(type)) ?? [];
  return { sql: `map_from_entries(${sql})`, type: mapOf(key?.type, value?.type) };
}

/** A row whose fields have no names: they are called `field0`, `field1` in results. */
function row(call: Call): Written {
  if (call.count === 0) call.fail('ROW takes at least 1 value.');
  const fields = Array.from({ length: call.count }, (_, index) => call.arg(index));
  return {
    sql: `struct_pack(${fields.map(({ sql }, index) => `field${index} := ${sql}`).join(', ')})`,
    type: `row(${fields.map(({ type }) => type ?? '?').join(',')})`,
  };
}

export const COLLECTION_FUNCTIONS: Readonly<Record<string, Rule>> = {
  all_match: matches('= len($1)'),
  any_match: matches('> 0'),
  array_distinct: template('$1', 'trino_array_distinct($1)'),
  array_except: template('$1', 'trino_array_except($1, $2)'),
  array_intersect: template('$1', 'trino_array_intersect($1, $2)'),
  array_join: template('varchar', 'array_to_string($1, $2)', 'trino_array_join($1, $2, $3)'),
  array_max: template(element, 'trino_array_max($1)'),
  array_min: template(element, 'trino_array_min($1)'),
  array_position: template('bigint', 'coalesce(list_position($1, $2), 0)'),
  array_remove: template('$1', 'list_filter($1, lambda item: item IS DISTINCT FROM $2)'),
  array_sort: arraySort,
  array_union: template('$1', 'trino_array_distinct($1 || $2)'),
  arrays_overlap: template('boolean', 'list_has_any($1, $2)'),
  cardinality,
  contains: template('boolean', 'trino_contains($1, $2)'),
  element_at: elementAt,
  filter,
  flatten: template(element, 'flatten($1)'),
  none_match: matches('= 0'),
  reduce,
  row,
  sequence,
  slice: template('$1', 'trino_slice($1, $2, $3)'),
  transform,
  trim_array: template(arrayType, '$1[1:len($1) - $2]'),
  zip: template(
    (call) => arrayOf(`row(${elementType(call.arg(0).type) ?? '?'},${elementType(call.arg(1).type) ?? '?'})`),
    'list_transform(list_zip($1, $2), lambda pair: struct_pack(field0 := struct_extract_at(pair, 1), field1 := struct_extract_at(pair, 2)))',
  ),
  zip_with: zipWith,

  map,
  map_concat: template('$1', 'map_concat($*)'),
  map_entries: template((call) => {
    const type = call.arg(0).type;
    return arrayOf(`row(${keyType(type) ?? '?'},${valueType(type) ?? '?'})`);
  }, 'map_entries($1)'),
  map_filter: mapFilter,
  map_from_entries: mapFromEntries,
  map_keys: template((call) => arrayOf(keyType(call.arg(0).type)), 'map_keys($1)'),
  map_values: template((call) => arrayOf(valueType(call.arg(0).type)), 'map_values($1)'),
  transform_keys: mapEntries('$1', 'entry.value', (source, body) => mapOf(body, valueType(source))),
  transform_values: mapEntries('entry.key', '$1', (source, body) => mapOf(keyType(source), body)),
};
