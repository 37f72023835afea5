import type { JsonSchema, OptionalMember, SchemasOf } from '../../platform/openapi/json-schema.js';
import type { Interrupt, QueryFacts, RunEventBody } from './run-event.js';

type Type = RunEventBody['type'];

/** The members that an event of a type has besides `type`. */
type Members<Wanted extends Type, Body = RunEventBody> = Body extends { readonly type: infer Own }
  ? Wanted extends Own
    ? Omit<Body, 'type'>
    : never
  : never;

/** What an event tells, and its members. */
export interface EventSchema<Shape> {
  readonly description: string;
  readonly members: SchemasOf<Shape>;
}

/** The same without knowing which event it is. */
export interface AnyEventSchema {
  readonly description: string;
  readonly members: Readonly<Record<string, JsonSchema | OptionalMember>>;
}

const text: JsonSchema = { type: 'string' };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const whatever = (description: string): JsonSchema => ({ description });

const queryFacts: SchemasOf<QueryFacts> = {
  query_id: { optional: { ...text, description: 'Its rows: GET /api/v1/queries/{query_id}/results.' } },
  sql: text,
  bytes_scanned: { optional: count },
  cost_usd: { optional: { type: 'number', minimum: 0 } },
  row_count: { optional: { type: ['integer', 'null'], minimum: 0 } },
};

const interrupt: SchemasOf<Interrupt> = {
  interrupt_id: { ...text, description: 'Name it in `respond`.' },
  kind: { type: 'string', enum: ['clarify', 'approve'] },
  question: text,
  options: {
    type: 'array',
    items: {
      type: 'object',
      required: ['value', 'label'],
      properties: { value: text, label: text },
      additionalProperties: false,
    },
  },
  expires_at: { type: 'string', format: 'date-time', description: 'Nobody answered until then: the run is cancelled.' },
};

/** The schemas of all events, in the order in which they usually come. */
export const runEventSchemas: { readonly [Each in Type]: EventSchema<Members<Each>> } = {
  'run.started': { description: 'The question is stored, and work begins.', members: {} },
  'step.started': { description: 'A step of the work begins.', members: { name: text } },
  'step.finished': { description: 'A step of the work is done.', members: { name: text } },
  'text.delta': { description: 'More of the answer’s text.', members: { text } },
  'tool.started': {
    description: 'A tool is called.',
    members: { name: text, input: whatever('As the tool’s own schema says.') },
  },
  'tool.finished': { description: 'A tool has answered.', members: { name: text, output: whatever('What it said.') } },
  'query.planned': { description: 'A statement was written.', members: queryFacts },
  'query.estimated': { description: 'What the statement would read and cost.', members: queryFacts },
  'query.started': { description: 'The statement runs.', members: queryFacts },
  'query.finished': { description: 'The statement has ended.', members: queryFacts },
  chart: { description: 'How to draw the result.', members: { spec: whatever('The query and its encodings.') } },
  check: {
    description: 'The result was looked at.',
    members: { name: text, ok: { type: 'boolean' }, detail: text },
  },
  interrupt: { description: 'The run asks its user, and waits in the store until `respond`.', members: interrupt },
  usage: {
    description: 'What the language model used.',
    members: {
      input_tokens: count,
      output_tokens: count,
      cost_usd: { type: ['number', 'null'], minimum: 0, description: 'Null when the model’s price is not known.' },
      estimated: {
        optional: {
          type: 'boolean',
          const: true,
          description: 'The provider did not tell: a token for every four characters that were sent or received.',
        },
      },
    },
  },
  assistant: {
    description: 'The answer. While a run asks something, a partial one that says so in words.',
    members: {
      content: text,
      message_id: text,
      status: { type: 'string', enum: ['completed', 'partial', 'cancelled', 'failed'] },
      provenance: {
        optional: whatever(
          'Where every number and every quote comes from: `AnswerProvenance` of the HTTP API, with the documents that the answer cites as [1], [2] …',
        ),
      },
      chart: { optional: whatever('How to draw the answer.') },
      query_id: { optional: { ...text, description: 'The query whose result the answer is about.' } },
      follow_ups: { optional: { type: 'array', items: text, description: 'Questions that might come next.' } },
    },
  },
  'run.finished': {
    description: 'The last event of a run.',
    members: {
      outcome: { type: 'string', enum: ['completed', 'cancelled', 'failed'] },
      problem: { optional: { $ref: '#/components/schemas/Problem' } },
    },
  },
};
