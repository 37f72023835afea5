import type { ProblemPart } from '../../../platform/errors/problem.js';
import type { JsonObject } from '../tool.js';

const jsonTypes = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'] as const;

type JsonType = (typeof jsonTypes)[number];

/**
 * The part of JSON Schema that inputs of tools are described in. Patterns, references and combinations are left out on
 * purpose: a schema comes from a user, and with those, checking an input against it could take for ever. Language
 * models are held to much the same part.
 */
export interface InputSchema {
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, InputSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: InputSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Keywords that say something to people and models, and nothing to the check. */
const annotations = new Set(['title', 'description', 'default', 'examples', 'format', '$schema']);

const deepest = 8;
const largest = 50_000;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isNames = (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === 'string');

const keywords: Readonly<Record<keyof InputSchema, { fits(value: unknown): boolean; expected: string }>> = {
  type: {
    fits: (value) => [value].flat().length > 0 && [value].flat().every((each) => jsonTypes.includes(each as JsonType)),
    expected: `one or several of ${jsonTypes.join(', ')}`,
  },
  enum: {
    fits: (value) => Array.isArray(value) && value.length > 0 && value.length <= 1000,
    expected: '1 to 1000 values',
  },
  properties: { fits: isObject, expected: 'an object of schemas' },
  required: { fits: isNames, expected: 'an array of names' },
  additionalProperties: { fits: (value) => typeof value === 'boolean', expected: 'true or false' },
  items: { fits: isObject, expected: 'a schema' },
  minItems: { fits: isCount, expected: 'a whole number' },
  maxItems: { fits: isCount, expected: 'a whole number' },
  minLength: { fits: isCount, expected: 'a whole number' },
  maxLength: { fits: isCount, expected: 'a whole number' },
  minimum: { fits: Number.isFinite, expected: 'a number' },
  maximum: { fits: Number.isFinite, expected: 'a number' },
};

/** What keeps a value from being the schema of a tool's input; empty when nothing does. */
export function schemaFaults(schema: unknown, pointer: string): ProblemPart[] {
  if (!isObject(schema) || schema.type !== 'object') return [{ pointer, detail: 'must have the type object' }];
  if (JSON.stringify(schema).length > largest) return [{ pointer, detail: `must have at most ${largest} characters` }];
  return faultsOf(schema, pointer, deepest);
}

function faultsOf(schema: unknown, pointer: string, depth: number): ProblemPart[] {
  if (!isObject(schema)) return [{ pointer, detail: 'must be a schema' }];
  if (depth === 0) return [{ pointer, detail: `is more than ${deepest} levels deep` }];
  const own = Object.entries(schema).flatMap(([name, value]) => {
    if (annotations.has(name)) return [];
    const keyword = Object.hasOwn(keywords, name) ? keywords[name as keyof InputSchema] : undefined;
    const at = `${pointer}/${escaped(name)}`;
    if (!keyword) return [{ pointer: at, detail: `is none of ${Object.keys(keywords).join(', ')}` }];
    return keyword.fits(value) ? [] : [{ pointer: at, detail: `must be ${keyword.expected}` }];
  });
  if (own.length > 0) return own;
  const { properties = {}, items } = schema as InputSchema;
  const inner = Object.entries(properties).flatMap(([name, each]) =>
    faultsOf(each, `${pointer}/properties/${escaped(name)}`, depth - 1),
  );
  return items === undefined ? inner : [...inner, ...faultsOf(items, `${pointer}/items`, depth - 1)];
}

/** Where a value differs from what the schema says; empty when it fits. The schema has been found to be one. */
export function inputFaults(schema: InputSchema, value: unknown, pointer = ''): ProblemPart[] {
  const detail = ownFault(schema, value);
  if (detail !== undefined) return [{ pointer, detail }];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((each, index) => inputFaults(items, each, `${pointer}/${index}`)) : [];
  }
  return isObject(value) ? memberFaults(schema, value, pointer) : [];
}

function memberFaults(schema: InputSchema, value: JsonObject, pointer: string): ProblemPart[] {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const absent = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ pointer: `${pointer}/${escaped(name)}`, detail: 'is required' }));
  const present = Object.entries(value).flatMap(([name, each]) => {
    const at = `${pointer}/${escaped(name)}`;
    if (Object.hasOwn(properties, name)) return inputFaults(properties[name]!, each, at);
    return additionalProperties ? [] : [{ pointer: at, detail: 'is not a known field' }];
  });
  return [...absent, ...present];
}

/** What is wrong with the value itself, whatever is inside of it. */
function ownFault(schema: InputSchema, value: unknown): string | undefined {
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types && !types.some((type) => isOfType(value, type))) return `must be of type ${types.join(' or ')}`;
  if (schema.enum && !schema.enum.some((each) => same(each, value)))
    return `must be one of ${schema.enum
      .slice(0, 20)
      .map((each) => JSON.stringify(each))
      .join(', ')}`;
  if (typeof value === 'number') return outOf(value, schema.minimum, schema.maximum, '');
  if (typeof value === 'string') return outOf([...value].length, schema.minLength, schema.maxLength, ' characters');
  return Array.isArray(value) ? outOf(value.length, schema.minItems, schema.maxItems, ' entries') : undefined;
}

function outOf(size: number, least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least !== undefined && size < least) return `must be at least ${least}${unit}`;
  return most !== undefined && size > most ? `must be at most ${most}${unit}` : undefined;
}

function isOfType(value: unknown, type: JsonType): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  return type === 'null' ? value === null : typeof value === type;
}

function same(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}

/** As JSON Pointer wants it. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
