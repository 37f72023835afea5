import { suggest } from '../nearest.js';
import { reject } from '../reject.js';
import { placeOfName } from '../sql-text.js';
import { type Aggregate, AGGREGATES, WINDOW_FUNCTIONS } from './aggregate-functions.js';
import { as, type Expression, open, type Ordered, textOf, type Window } from './ast.js';
import { COLLECTION_FUNCTIONS } from './collection-functions.js';
import { DATE_FUNCTIONS } from './date-functions.js';
import type { ExpressionWriter } from './expression-writer.js';
import { JSON_FUNCTIONS } from './json-functions.js';
import { MATH_FUNCTIONS } from './math-functions.js';
import { normalizeCall } from './normalize-call.js';
import { type Call, counted, type Rule, type Written } from './rule.js';
import { writeSpecialCall } from './special-calls.js';
import { STRING_FUNCTIONS } from './string-functions.js';
import { writeOrder, writeWindow } from './window.js';

const RULES: ReadonlyMap<string, Rule> = new Map(
  [STRING_FUNCTIONS, MATH_FUNCTIONS, DATE_FUNCTIONS, COLLECTION_FUNCTIONS, JSON_FUNCTIONS].flatMap((rules) =>
    Object.entries(rules),
  ),
);

const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** A call as the author wrote it, whatever shape the parser gave it. */
export interface NamedCall {
  readonly name: string;
  readonly args: readonly Expression[];
  readonly distinct: boolean;
  readonly filter: Expression | undefined;
  readonly orderBy: readonly Ordered[];
  readonly ignoreNulls: boolean | undefined;
}

/** Writes a function call outside of a window. */
export function writeCall(writer: ExpressionWriter, expression: Expression): Written {
  const call = normalizeCall(expression) ?? refuseKind(writer, expression);
  const rule = RULES.get(call.name);
  if (rule) return plainCall(writer, call, rule);
  const aggregates = own(AGGREGATES, call.name);
  if (aggregates) return writeAggregate(writer, call, aggregates);
  if (own(WINDOW_FUNCTIONS, call.name))
    return writer.context.refuse(`${call.name} needs OVER (…).`, undefined, placeOfName(writer.context.sql, call.name));
  return writeSpecialCall(writer, call) ?? unknownFunction(writer, call.name);
}

/** Writes a function call with OVER. */
export function writeWindowCall(writer: ExpressionWriter, parts: unknown): Written {
  const { this: inner, over } = parts as { this: Expression; over: Window };
  const call = normalizeCall(inner) ?? refuseKind(writer, inner);
  const candidates =
    own(WINDOW_FUNCTIONS, call.name) ?? own(AGGREGATES, call.name) ?? unknownFunction(writer, call.name);
  return writeAggregate(writer, call, candidates, over);
}

function writeAggregate(
  writer: ExpressionWriter,
  call: NamedCall,
  candidates: readonly Aggregate[],
  window?: Window,
): Written {
  writer.context.crossesRows = true;
  const aggregate = candidates.find(({ arities }) => arities === undefined || arities.includes(call.args.length));
  if (!aggregate) return badCall(writer, call.name, `${call.name} does not take ${counted(call.args.length)}.`);
  const args = call.args.map((arg) => (as(arg, 'star') ? { sql: '*', type: undefined } : writer.write(arg)));
  const listed = (aggregate.args?.(args) ?? args.map((arg) => arg.sql)).join(', ');
  const inside = [
    call.distinct ? `DISTINCT ${listed}` : listed,
    ...(call.orderBy.length > 0 ? [`ORDER BY ${writeOrder(writer, call.orderBy)}`] : []),
    ...(call.ignoreNulls ? ['IGNORE NULLS'] : []),
  ].join(' ');
  const over = window ? ` OVER ${writeWindow(writer, window)}` : '';
  const sql = `${aggregate.name}(${inside})${filterOf(writer, call, aggregate, args)}${over}`;
  return { sql: aggregate.finish?.(sql, args) ?? sql, type: aggregate.type(args) };
}

function filterOf(
  writer: ExpressionWriter,
  { filter }: NamedCall,
  { skipNullAt }: Aggregate,
  args: readonly Written[],
): string {
  const conditions = filter ? [writer.write(filter).sql] : [];
  if (skipNullAt !== undefined) conditions.push(`${args[skipNullAt]?.sql} IS NOT NULL`);
  return conditions.length > 0 ? ` FILTER (WHERE ${conditions.join(' AND ')})` : '';
}

function plainCall(writer: ExpressionWriter, named: NamedCall, rule: Rule): Written {
  const { name, args } = named;
  if (named.distinct || named.filter || named.orderBy.length > 0)
    badCall(writer, name, `${name} is not an aggregate: DISTINCT, FILTER and ORDER BY do not go with it.`);
  const written = new Map<number, Written>();
  const node = (index: number): Expression =>
    args[index] ?? badCall(writer, name, `${name} does not take ${counted(args.length)}.`);
  const call: Call = {
    name,
    count: args.length,
    arg(index) {
      const result = written.get(index) ?? writer.write(node(index));
      written.set(index, result);
      return result;
    },
    constant: (index) => textOf(args[index]),
    lambda: (index, types) => writer.lambda(node(index), types),
    body: (index, values) => writer.lambdaBody(writer.lambdaOf(node(index), values.length), values),
    fail: (message) => badCall(writer, name, message),
  };
  return rule(call);
}

function badCall(writer: ExpressionWriter, name: string, message: string): never {
  return reject('type_mismatch', message, { place: placeOfName(writer.context.sql, name) });
}

/** Every function that may be written. */
function functionNames(): string[] {
  return [
    ...RULES.keys(),
    ...Object.keys(AGGREGATES),
    ...Object.keys(WINDOW_FUNCTIONS),
    'coalesce',
    'nullif',
    'if',
    'try',
    'typeof',
    'grouping',
  ];
}

function unknownFunction(writer: ExpressionWriter, name: string): never {
  const hint = suggest(name, functionNames(), 'functions');
  const shown = hint?.startsWith('Did') ? hint : undefined;
  return reject('not_allowed', `There is no function ${name} here.`, {
    place: placeOfName(writer.context.sql, name),
    hint: shown,
  });
}

function refuseKind(writer: ExpressionWriter, expression: Expression): never {
  const [kind] = open(expression);
  return writer.context.refuse(`Athena's SQL has nothing written like this here (${kind.replaceAll('_', ' ')}).`);
}
