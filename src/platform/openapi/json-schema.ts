/** A schema in the words of JSON Schema, as OpenAPI 3.1 and AsyncAPI 3 take it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A member that may be missing. */
export interface OptionalMember {
  readonly optional: JsonSchema;
}

/** One entry for each member of a shape, marked optional exactly where the shape's is: the compiler keeps both alike. */
export type SchemasOf<Shape> = {
  readonly [Name in keyof Shape]-?: object extends Pick<Shape, Name> ? OptionalMember : JsonSchema;
};

/** The schema of an object with these members and no others. */
export function objectSchema(members: Readonly<Record<string, JsonSchema | OptionalMember>>): JsonSchema {
  const entries = Object.entries(members);
  return {
    type: 'object',
    required: entries.filter(([, member]) => !isOptional(member)).map(([name]) => name),
    properties: Object.fromEntries(
      entries.map(([name, member]) => [name, isOptional(member) ? member.optional : member]),
    ),
    additionalProperties: false,
  };
}

function isOptional(member: JsonSchema | OptionalMember): member is OptionalMember {
  return 'optional' in member;
}
