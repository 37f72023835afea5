import { openApiDocument } from '../../src/platform/openapi/openapi.js';
import type { TestApp } from './app.js';
import type { Answer } from './wire.js';

/** The part of JSON Schema that the API's document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly maxLength?: number;
  readonly example?: unknown;
  readonly default?: unknown;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema?: Schema;
}

export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** The OpenAPI document of a running service, and what of its answers does not agree with it. */
export class ApiDocument {
  private constructor(
    private readonly schemas: Readonly<Record<string, Schema>>,
    /** By method and path without prefix, such as `GET /uploads/{upload_id}`. */
    readonly operations: ReadonlyMap<string, Operation>,
  ) {}

  static of(test: TestApp): ApiDocument {
    const { paths, components } = openApiDocument(test.app.nest);
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Operation>).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path.replace(/^\/api\/v1/, '')}`, operation] as const,
      ),
    );
    return new ApiDocument(components?.schemas ?? {}, new Map(operations));
  }

  /** The schema of the JSON body that the operation takes; undefined when it takes none. */
  body(key: string): Schema | undefined {
    const schema = this.operations.get(key)?.requestBody?.content?.['application/json']?.schema;
    return schema && this.resolved(schema);
  }

  /** What of the answer is not as the document says; nothing is as it should be. */
  faultsOfAnswer(key: string, { status, headers, text }: Answer): string[] {
    const { responses } = this.operations.get(key)!;
    const listed = responses[status] ?? (status >= 400 ? responses.default : undefined);
    if (!listed) return [`the status ${status} is not listed`];
    if (listed.content === undefined || text === '') return [];
    const type = headers['content-type'] ?? '';
    const [, content] = Object.entries(listed.content).find(([each]) => essence(each) === essence(type)) ?? [];
    if (!content) return [`the content type ${type} is not listed for ${status}`];
    if (!/[/+]json$/.test(essence(type)) || content.schema === undefined) return [];
    if ((this.resolved(content.schema).type ?? 'object') === 'string') return [];
    return this.faultsOf(content.schema, JSON.parse(text), status >= 400);
  }

  /** With its references followed and its parts put together. */
  resolved(schema: Schema): Schema {
    if (schema.$ref !== undefined) return this.resolved(this.schemas[schema.$ref.split('/').at(-1)!]!);
    if (schema.allOf?.length !== 1) return schema;
    const { allOf, ...own } = schema;
    return { ...this.resolved(allOf[0]!), ...own };
  }

  /** Members that a schema does not know are faults, unless `open`. */
  faultsOf(schema: Schema, value: unknown, open = false, at = ''): string[] {
    const { type, oneOf, anyOf, enum: allowed, ...rest } = this.resolved(schema);
    const choices = oneOf ?? anyOf;
    if (choices) {
      const fits = choices.some((choice) => this.faultsOf(choice, value, open, at).length === 0);
      return fits ? [] : [`${at} fits none of its schemas`];
    }
    const types = type === undefined ? undefined : [type].flat();
    if (types && !types.some((each) => isOf(each, value))) return [`${at} is not ${types.join(' or ')}`];
    if (value === null || typeof value !== 'object')
      return allowed && value !== null && !allowed.includes(value) ? [`${at} is none of ${allowed.join(', ')}`] : [];
    if (Array.isArray(value))
      return value.flatMap((each, index) =>
        rest.items ? this.faultsOf(rest.items, each, open, `${at}/${index}`) : [],
      );
    return this.faultsOfMembers(rest, value as Record<string, unknown>, open, at);
  }

  private faultsOfMembers(
    { properties = {}, required = [], additionalProperties }: Schema,
    value: Readonly<Record<string, unknown>>,
    open: boolean,
    at: string,
  ): string[] {
    const missing = required.filter((name) => !(name in value)).map((name) => `${at}/${name} is missing`);
    const others = open || additionalProperties === true || Object.keys(properties).length === 0;
    const wrong = Object.entries(value).flatMap(([name, member]) => {
      const known = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
      if (known) return this.faultsOf(known, member, open, `${at}/${name}`);
      return others ? [] : [`${at}/${name} is not in the document`];
    });
    return [...missing, ...wrong];
  }
}

const essence = (contentType: string) => contentType.split(';')[0]!.trim();

export function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
