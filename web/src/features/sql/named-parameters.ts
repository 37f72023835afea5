import type { Schemas } from '../../lib/api/client';

export type Parameter = Schemas['SavedQueryParameter'];
export type ParameterType = Parameter['type'];
export type ParameterValue = string | number | boolean | null;

export const parameterTypes: readonly ParameterType[] = ['string', 'integer', 'number', 'boolean', 'date', 'timestamp'];

/** As the service finds them: texts, quoted names, comments and `::` are passed over. */
const token = /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|--[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|::|:([A-Za-z_]\w*)/g;

/** Names of the parameters `:name` of a statement, each once, in the order of the text. */
export function parameterNames(sql: string): string[] {
  return [...new Set([...sql.matchAll(token)].flatMap(([, name]) => (name === undefined ? [] : [name])))];
}

/** The parameters of a statement: what is known of them stays, new ones are texts that must be given. */
export function parametersOf(sql: string, known: readonly Parameter[]): Parameter[] {
  return parameterNames(sql).map(
    (name) => known.find((each) => each.name === name) ?? { name, type: 'string', required: true },
  );
}

/** A statement with placeholders and its values in their order. Values never become part of the text. */
export function toPositional(
  sql: string,
  parameters: readonly Parameter[],
  values: Readonly<Record<string, ParameterValue>>,
): { sql: string; parameters: ParameterValue[] } {
  const order: string[] = [];
  const types = new Map(parameters.map(({ name, type }) => [name, type]));
  const text = sql.replace(token, (found, name: string | undefined) => {
    if (name === undefined) return found;
    order.push(name);
    return placeholderOf(types.get(name) ?? 'string', found.length);
  });
  return { sql: text, parameters: order.map((name) => values[name] ?? null) };
}

/** As wide as what it stands for where that is possible, so that places of faults fit the author's text. */
function placeholderOf(type: ParameterType, width: number): string {
  const typed = { date: 'CAST(? AS DATE)', timestamp: 'CAST(? AS TIMESTAMP)' } as Partial<
    Record<ParameterType, string>
  >;
  return typed[type] ?? '?'.padEnd(width);
}

/** A typed text as a value; a fault in words when it is none. An empty text is no value. */
export function readValue(
  { type, required, default: preset }: Parameter,
  text: string,
): { value: ParameterValue } | { fault: string } {
  if (text === '' && preset !== undefined && preset !== null) return { value: preset as ParameterValue };
  if (text === '' && type !== 'string') return required ? { fault: 'Give a value.' } : { value: null };
  switch (type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))
        ? { value: Number(text) }
        : { fault: 'Give a whole number.' };
    case 'number':
      return Number.isFinite(Number(text)) ? { value: Number(text) } : { fault: 'Give a number.' };
    case 'boolean':
      return { value: text === 'true' };
    case 'timestamp':
      return { value: text.replace('T', ' ').replace(/^(\S+ \d\d:\d\d)$/, '$1:00') };
    case 'string':
    case 'date':
      return { value: text };
  }
}

/** What was typed for the parameters as values, and what is wrong with which. */
export function readValues(
  parameters: readonly Parameter[],
  typed: Readonly<Record<string, string>>,
): { values: Record<string, ParameterValue>; faults: Record<string, string> } {
  const values: Record<string, ParameterValue> = {};
  const faults: Record<string, string> = {};
  for (const parameter of parameters) {
    const read = readValue(parameter, typed[parameter.name] ?? '');
    if ('fault' in read) faults[parameter.name] = read.fault;
    else values[parameter.name] = read.value;
  }
  return { values, faults };
}

/** A statement with placeholders and their values, as it ran, with parameters that can be given again. */
export function toNamed(
  sql: string,
  given: readonly ParameterValue[],
): { sql: string; parameters: Parameter[]; values: Record<string, string> } {
  const parameters: Parameter[] = [];
  const values: Record<string, string> = {};
  const text = sql.replace(placeholder, (found) => {
    if (found !== '?') return found;
    const value = given[parameters.length] ?? null;
    const name = `p${parameters.length + 1}`;
    parameters.push({ name, type: typeOf(value) });
    if (value !== null) values[name] = String(value);
    return `:${name}`;
  });
  return { sql: text, parameters, values };
}

const placeholder = /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|--[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|\?/g;

function typeOf(value: ParameterValue): ParameterType {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return 'string';
}
