import type { NamedCall } from './call-writer.js';
import { type CallParts, type Expression, open } from './ast.js';

/** Kinds that the parser names otherwise than the author. */
const NAMES: Readonly<Record<string, string>> = {
  ceil: 'ceil',
  if_func: 'if',
  list_agg: 'listagg',
  logical_and: 'bool_and',
  logical_or: 'bool_or',
  mod_func: 'mod',
  n_tile: 'ntile',
  parse_json: 'json_parse',
  str_position: 'strpos',
  substring: 'substr',
  j_s_o_n_array: 'json_array',
};

/** Kinds that are calls of functions of the same name. */
const SAME_NAME = new Set(
  `abs acos any_value approx_distinct array_agg array_distinct array_except array_intersect array_position array_remove
  array_union asin atan atan2 avg cardinality coalesce contains corr cos count count_if cume_dist day day_of_month
  day_of_week day_of_year degrees dense_rank element_at exp first_value floor hour json_array_length json_extract
  json_extract_scalar json_object json_query json_value lag last_value lead length ln log lower map_from_entries map_keys
  map_values max min minute month normalize nth_value percent_rank pi power quarter radians rand random rank row_number
  second sin sqrt starts_with stddev stddev_pop stddev_samp sum tan trim typeof unicode_string upper var_pop var_samp
  variance week_of_year year`.split(/\s+/),
);

/** Fields that hold arguments, in the order the author writes them. */
const ARGUMENT_FIELDS = [
  'condition',
  'true_value',
  'false_value',
  'seed',
  'lower',
  'upper',
  'num_buckets',
  'this',
  'expression',
  'expressions',
  'decimals',
  'scale',
  'offset',
  'default',
  'path',
  'separator',
  'substr',
  'position',
  'occurrence',
  'start',
  'length',
  'characters',
  'form',
  'base',
  'replacement',
  'from',
];

/** A function call in one shape, whichever of the parser's many it comes in; undefined for anything else. */
export function normalizeCall(expression: Expression): NamedCall | undefined {
  const [kind, parts] = open(expression);
  const call = (parts ?? {}) as CallParts & Record<string, unknown>;
  if (kind === 'filter') return withFilter(call);
  if (kind === 'within_group') return withinGroup(call);
  if (kind === 'function' || kind === 'aggregate_function') return named(call.name ?? '', call.args ?? [], call);
  if (kind === 'json_object') return named('json_object', pairsOf(call), call);
  if (kind === 'trim') return named(trimName(call['position']), argumentsOf(call, ['this', 'characters']), call);
  if (kind === 'log') return named('log', argumentsOf({ base: call['base'], this: call.this }, ['base', 'this']), call);
  const name = NAMES[kind] ?? (SAME_NAME.has(kind) ? kind : undefined);
  if (name === undefined || hasUnread(kind, call)) return undefined;
  return named(name, call.star ? [{ star: {} }] : argumentsOf(call, ARGUMENT_FIELDS), call);
}

function named(name: string, args: readonly Expression[], call: CallParts): NamedCall {
  return {
    name: name.toLowerCase(),
    args,
    distinct: call.distinct === true,
    filter: call.filter ?? undefined,
    orderBy: call.order_by ?? [],
    ignoreNulls: call.ignore_nulls ?? undefined,
  };
}

/** Clauses with a meaning of their own that no rule reads. */
function hasUnread(kind: string, call: Readonly<Record<string, unknown>>): boolean {
  const unread = ['on_overflow', 'having_max', 'limit', 'on_error', 'wrapper_option', 'quotes_option'];
  if (unread.some((field) => call[field] !== undefined && call[field] !== null)) return true;
  return kind === 'nth_value' && call['from_first'] === false;
}

function argumentsOf(call: Readonly<Record<string, unknown>>, fields: readonly string[]): Expression[] {
  return fields.flatMap((field): Expression[] => {
    const value = call[field];
    if (Array.isArray(value)) return value as Expression[];
    return typeof value === 'object' && value !== null ? [value as Expression] : [];
  });
}

/** TRIM(LEADING …) and TRIM(TRAILING …) are ltrim and rtrim. */
function trimName(position: unknown): string {
  if (position === 'Leading') return 'ltrim';
  return position === 'Trailing' ? 'rtrim' : 'trim';
}

function pairsOf(call: Readonly<Record<string, unknown>>): Expression[] {
  return (call['pairs'] as Expression[][] | undefined)?.flat() ?? [];
}

function withFilter(call: CallParts): NamedCall | undefined {
  const inner = normalizeCall(call.this ?? {});
  return inner && { ...inner, filter: call.expression ?? undefined };
}

function withinGroup(call: CallParts): NamedCall | undefined {
  const inner = normalizeCall(call.this ?? {});
  return inner?.name === 'listagg' ? { ...inner, orderBy: call.order_by ?? [] } : undefined;
}
