/** A schema as the AsyncAPI document writes them: the part of JSON Schema that it uses, and nothing else. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
}

const understood = new Set(
  'description example default $ref type const enum format minLength maxLength minimum required properties additionalProperties items'.split(
    ' ',
  ),
);

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
};

/** What about a frame of the socket is not as the AsyncAPI document says. */
export function frameFaults(document: object, frame: { readonly type: string }): string[] {
  const { messages } = resolve(document, '#/components') as { readonly messages: Readonly<Record<string, object>> };
  if (!Object.hasOwn(messages, frame.type)) return [`${frame.type} is not described`];
  const payload = resolve(document, `#/components/messages/${frame.type}/payload`);
  return schemaFaults(payload, frame, document).map((fault) => `${frame.type}${fault}`);
}

/** What about the value is not as the schema says; nothing when all is. */
function schemaFaults(schema: Schema, value: unknown, document: object, at = ''): string[] {
  const unknown = Object.keys(schema).filter((word) => !understood.has(word));
  if (unknown.length > 0) throw new Error(`A schema says ${unknown.join(', ')}, which nobody checks.`);
  if (schema.$ref !== undefined) return schemaFaults(resolve(document, schema.$ref), value, document, at);
  const isWrong = [...ownFaults(schema, value)].map((fault) => `${at || '/'} ${fault}`);
  if (isWrong.length > 0) return isWrong;
  if (Array.isArray(value))
    return value.flatMap((item, index) => schemaFaults(schema.items ?? {}, item, document, `${at}/${index}`));
  if (!types.object!(value)) return [];
  const members = value as Readonly<Record<string, unknown>>;
  const missing = (schema.required ?? [])
    .filter((name) => !(name in members))
    .map((name) => `${at}/${name} is missing`);
  const others = Object.entries(members).flatMap(([name, member]) => {
    const known = schema.properties?.[name];
    if (known) return schemaFaults(known, member, document, `${at}/${name}`);
    return schema.additionalProperties === false ? [`${at}/${name} is not declared`] : [];
  });
  return [...missing, ...others];
}

function* ownFaults(schema: Schema, value: unknown): Generator<string> {
  const allowed = schema.type === undefined ? undefined : [schema.type].flat();
  if (allowed && !allowed.some((type) => types[type]!(value))) yield `is not ${allowed.join(' or ')}`;
  if (schema.const !== undefined && value !== schema.const) yield `is not ${String(schema.const)}`;
  if (schema.enum && !schema.enum.includes(value)) yield `is none of ${schema.enum.join(', ')}`;
  if (typeof value === 'string') {
    if (value.length < (schema.minLength ?? 0)) yield 'is too short';
    if (value.length > (schema.maxLength ?? Infinity)) yield 'is too long';
    if (schema.format !== undefined && !formats[schema.format]!.test(value)) yield `is no ${schema.format}`;
  }
  if (typeof value === 'number' && value < (schema.minimum ?? -Infinity)) yield 'is too small';
}

/** What a reference within the document points at. Throws when that is nothing. */
export function resolve(document: object, reference: string): object {
  const found = reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], document);
  if (typeof found !== 'object' || found === null) throw new Error(`${reference} points at nothing.`);
  return found;
}
