import { steps } from '../../interviews/analysis.js';
import type { JsonSchema, OptionalMember, SchemasOf } from '../../platform/openapi/json-schema.js';
import type { AnalysisEvent, EventType } from './domain/progress.js';

type Members<Wanted extends EventType> = Omit<Extract<AnalysisEvent, { type: Wanted }>, 'type'>;

const text: JsonSchema = { type: 'string' };
const step: JsonSchema = { type: 'string', enum: [...steps] };
const told = { step, message: text };
const problem: JsonSchema = { $ref: '#/components/schemas/Problem' };
const count: JsonSchema = { type: 'integer', minimum: 0 };

/** What every event of an analysis tells. */
export const analysisEventOf: Readonly<Record<string, JsonSchema>> = {
  request_id: text,
  seq: { type: 'integer', minimum: 1, description: '1, 2, 3 … without gaps within an analysis.' },
  at: { type: 'string', format: 'date-time' },
};

/** The schemas of all events of an analysis, in the order in which they usually come. */
export const analysisEventSchemas: {
  readonly [Each in EventType]: { readonly description: string; readonly members: SchemasOf<Members<Each>> };
} = {
  'analysis.queued': {
    description: 'An analysis is asked for, or is to go on from a step.',
    members: { from_step: step, method: { type: 'string', enum: ['extractive', 'model'] } },
  },
  'analysis.started': { description: 'Somebody works on it.', members: {} },
  'analysis.step.started': { description: 'A step begins, or begins again after its process died.', members: told },
  'analysis.step.progress': {
    description: 'How far a step is.',
    members: { ...told, fraction: { type: 'number', minimum: 0, description: '0 to 1.' } },
  },
  'analysis.step.retrying': { description: 'A step has stumbled and is tried again in a moment.', members: told },
  'analysis.step.stuck': { description: 'Nothing has been heard of a step for long.', members: told },
  'analysis.step.completed': {
    description: 'What came of a step is kept.',
    members: {
      ...told,
      usage: {
        description: 'Null where no language model was asked.',
        type: ['object', 'null'],
        required: ['input_tokens', 'output_tokens', 'cost_usd'],
        properties: { input_tokens: count, output_tokens: count, cost_usd: { type: ['number', 'null'], minimum: 0 } },
        additionalProperties: false,
      },
    },
  },
  'analysis.step.failed': { description: 'The step, the cause, and what to do.', members: { ...told, problem } },
  'analysis.finished': {
    description: 'The analysis has ended; more comes only if it is retried.',
    members: {
      overall_status: { type: 'string', enum: ['completed', 'failed'] },
      problem: { optional: problem } satisfies OptionalMember,
    },
  },
};
