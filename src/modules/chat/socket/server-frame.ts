import type { ProblemDocument } from '../../../platform/http/problem-document.js';
import type { JsonSchema, SchemasOf } from '../../../platform/openapi/json-schema.js';
import type { EventSchema } from '../../runs/run-event-schemas.js';

/** What the service says over the socket besides the events of runs. */
export type ServerFrame =
  | { readonly type: 'welcome'; readonly limits: Limits }
  | {
      readonly type: 'ack';
      readonly re: string;
      readonly run_id?: string;
      readonly request_id?: string;
      readonly duplicate?: true;
    }
  | {
      readonly type: 'error';
      readonly re?: string;
      readonly run_id?: string;
      readonly request_id?: string;
      readonly problem: ProblemDocument;
    }
  | { readonly type: 'pong'; readonly re?: string }
  | { readonly type: 'going_away'; readonly reconnect_after_ms: number };

/** The limits that a client is told. */
export interface Limits {
  readonly frame_bytes: number;
  readonly frames_per_ten_seconds: number;
  readonly waiting_questions: number;
  readonly followed_runs: number;
}

type Members<Type extends ServerFrame['type']> = Omit<Extract<ServerFrame, { type: Type }>, 'type'>;

const re: JsonSchema = { type: 'string', description: 'The id of the frame that this answers.' };
const number: JsonSchema = { type: 'integer', minimum: 1 };
const limitSchemas: SchemasOf<Limits> = {
  frame_bytes: number,
  frames_per_ten_seconds: number,
  waiting_questions: number,
  followed_runs: number,
};

/** The schemas of these frames. */
export const serverFrameSchemas: { readonly [Type in ServerFrame['type']]: EventSchema<Members<Type>> } = {
  welcome: {
    description: 'The client has been authenticated.',
    members: {
      limits: {
        type: 'object',
        required: Object.keys(limitSchemas),
        properties: limitSchemas,
        additionalProperties: false,
      },
    },
  },
  ack: {
    description: 'The frame with this id was taken.',
    members: {
      re,
      run_id: { optional: { type: 'string' } },
      request_id: { optional: { type: 'string', description: 'The analysis that is followed.' } },
      duplicate: { optional: { const: true, description: 'It had been taken before; this is the run of then.' } },
    },
  },
  error: {
    description:
      'The frame with this id was not taken, or the events of a run or an analysis could not be read further.',
    members: {
      re: { optional: re },
      run_id: { optional: { type: 'string', description: 'Subscribe to it again.' } },
      request_id: { optional: { type: 'string', description: 'Follow it again.' } },
      problem: { $ref: '#/components/schemas/Problem' },
    },
  },
  pong: { description: 'The answer to `ping`.', members: { re: { optional: re } } },
  going_away: {
    description: 'The service is restarting. Runs go on: connect again and subscribe from the last event that came.',
    members: { reconnect_after_ms: number },
  },
};
