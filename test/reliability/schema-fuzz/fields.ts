import { type ApiDocument, isOf, type Schema } from '../../support/api-document.js';

/** A field of a body, by the names and indexes that lead to it. */
export interface Field {
  readonly path: readonly (string | number)[];
  readonly schema: Schema;
}

export interface Swap {
  readonly label: string;
  readonly value: unknown;
  /** The document says that the field cannot have the value. */
  readonly isWrong: boolean;
  /** Text that cannot be kept everywhere. */
  readonly isUnstorable: boolean;
}

const deepest = 4;
const unstorable = ['a\0b', 'a\ud800b'];

/** Every field of the schema, also those of objects and arrays inside it. */
export function fieldsOf(document: ApiDocument, schema: Schema, path: Field['path'] = []): Field[] {
  const { properties = {}, items, additionalProperties } = document.resolved(schema);
  if (path.length >= deepest) return [];
  const inside: [string | number, Schema][] = Object.entries(properties);
  if (items) inside.push([0, items]);
  if (typeof additionalProperties === 'object') inside.push(['added', additionalProperties]);
  return inside.flatMap(([name, each]) => {
    const own = [...path, name];
    return [{ path: own, schema: document.resolved(each) }, ...fieldsOf(document, each, own)];
  });
}

/** Values of every type, and what breaks those who do not expect it. */
export function swapsOf(document: ApiDocument, { schema }: Field): Swap[] {
  const text = 'x'.repeat(100_000);
  const values: readonly (readonly [string, unknown])[] = [
    ['an object', {}],
    ['an object with members', { $ne: '', length: 1, toString: 'x' }],
    ['an array', []],
    ['an array of arrays', [[['x']]]],
    ['a number', 12_345.678],
    ['a negative number', -1],
    ['a huge number', 1e300],
    ['true', true],
    ['null', null],
    ['a text', 'x'],
    ['an empty text', ''],
    ['a very long text', text],
    ['a text with NUL', unstorable[0]],
    ['half a character', unstorable[1]],
  ];
  const tooLong = (value: unknown) =>
    value === text && isOf('string', value) && (schema.maxLength ?? Infinity) < text.length;
  return values.map(([label, value]) => ({
    label,
    value,
    isWrong: tooLong(value) || document.faultsOf(schema, value).length > 0,
    isUnstorable: unstorable.includes(value as string),
  }));
}

/** A copy of the body in which the field has the value; what leads to it is made where it is not there. */
export function withField(
  document: ApiDocument,
  schema: Schema,
  body: object,
  { path }: Field,
  value: unknown,
): object {
  const copy = structuredClone(body) as Record<string | number, unknown>;
  let place = copy;
  let inside = document.resolved(schema);
  for (const name of path.slice(0, -1)) {
    inside = memberOf(document, inside, name);
    place[name] ??= sampleOf(document, inside);
    place = place[name] as Record<string | number, unknown>;
  }
  place[path.at(-1)!] = value;
  return copy;
}

function memberOf(
  document: ApiDocument,
  { properties, items, additionalProperties }: Schema,
  name: string | number,
): Schema {
  const named = properties?.[name] ?? items ?? (additionalProperties as Schema);
  return document.resolved(named);
}

/** Something that the schema allows, by its examples. */
function sampleOf(document: ApiDocument, schema: Schema): unknown {
  const { example, type, items, properties = {}, required = [] } = document.resolved(schema);
  if (example !== undefined) return structuredClone(example);
  if (type === 'array' || items) return [];
  return Object.fromEntries(required.map((name) => [name, sampleOf(document, properties[name]!)]));
}
