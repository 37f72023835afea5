import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { type JsonSchema, objectSchema } from '../../../platform/openapi/json-schema.js';
import { problemSchema } from '../../../platform/openapi/openapi.js';
import { version } from '../../../platform/version.js';
import { analysisEventOf, analysisEventSchemas } from '../../analysis-tracking/analysis-event-schemas.js';
import { type AnyEventSchema, runEventSchemas } from '../../runs/run-event-schemas.js';
import { closeCodes } from './close-codes.js';
import { clientFrames } from './read-frame.js';
import { serverFrameSchemas } from './server-frame.js';
import { socketLimits } from './socket-limits.js';

type Named<Value> = Readonly<Record<string, Value>>;

const description = `The chat over a WebSocket: JSON text frames of at most ${socketLimits.frameBytes / 1024} KiB.

The simplest client opens \`/ws?token=…\`, sends \`{"type":"chat","content":"How many orders came from Lisbon?"}\` and waits for a frame whose type is \`assistant\`. Without a token in the address, \`hello\` comes first, within ${socketLimits.helloMs / 1000} seconds.

A frame with an \`id\` gets exactly one \`ack\` or \`error\` (\`ping\`: one \`pong\`). Events of a run have \`seq\` 1, 2, 3 … without gaps; a client applies the next one only, and after a gap or on a new socket it sends \`subscribe\` with the last one it has. A lost socket never stops a run; \`cancel\` does. The events of an analysis of interviews come likewise, after \`follow_analysis\`.

Close codes: ${Object.entries(closeCodes)
  .map(([name, code]) => `${code} ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`)
  .join(', ')}.`;

const eventOf: Named<JsonSchema> = {
  run_id: { type: 'string' },
  conversation_id: { type: 'string' },
  seq: { type: 'integer', minimum: 1, description: '1, 2, 3 … without gaps within a run.' },
};

/** The AsyncAPI 3 document of the socket, built from the classes and tables that the socket itself works with. */
export function asyncApiDocument(app: INestApplication) {
  const [receives, sends] = [clientMessages(app), serverMessages()];
  return {
    asyncapi: '3.0.0',
    info: { title: 'Tabletalk chat', version, description, license: { name: 'MIT' } },
    defaultContentType: 'application/json',
    servers: {
      here: { host: '{host}', protocol: 'wss', variables: { host: { description: 'Where the service is.' } } },
    },
    channels: {
      chat: {
        address: '/ws',
        servers: [{ $ref: '#/servers/here' }],
        messages: references({ ...receives, ...sends }, '#/components/messages'),
        bindings: {
          ws: {
            method: 'GET',
            query: {
              type: 'object',
              properties: { token: { type: 'string', description: 'An access token or an API token.' } },
            },
          },
        },
      },
    },
    operations: {
      receive: operation('receive', 'What a client may send.', receives),
      send: operation('send', 'What the service sends.', sends),
    },
    components: {
      messages: { ...receives, ...sends },
      // A problem inside the events of a run belongs to no request.
      schemas: { Problem: { ...problemSchema, required: ['type', 'title', 'status', 'detail'] } },
    },
  };
}

/** Serves the document at `/docs/asyncapi.json`; it is built when somebody first asks. */
export function serveSocketDocumentation(app: INestApplication): void {
  let text: string | undefined;
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  server.get('/docs/asyncapi.json', (_, reply) => {
    text ??= JSON.stringify(asyncApiDocument(app));
    return reply.type('application/json; charset=utf-8').send(text);
  });
}

function clientMessages(app: INestApplication): Named<object> {
  const options = { extraModels: Object.values(clientFrames) };
  const { components } = SwaggerModule.createDocument(app, new DocumentBuilder().build(), options);
  const messages = Object.entries(clientFrames).map(([type, { name }]) => {
    const { description: summary, ...payload } = components!.schemas![name] as JsonSchema;
    return [type, { name: type, summary, payload: { ...payload, additionalProperties: false } }];
  });
  return Object.fromEntries(messages) as Named<object>;
}

function serverMessages(): Named<object> {
  const messageOf =
    (more: Named<JsonSchema>) =>
    ([type, schema]: [string, AnyEventSchema]) => {
      const payload = objectSchema({ type: { const: type }, ...more, ...schema.members });
      return [type, { name: type, summary: schema.description, payload }];
    };
  return Object.fromEntries([
    ...Object.entries(serverFrameSchemas as Named<AnyEventSchema>).map(messageOf({})),
    ...Object.entries(runEventSchemas as Named<AnyEventSchema>).map(messageOf(eventOf)),
    ...Object.entries(analysisEventSchemas as Named<AnyEventSchema>).map(messageOf(analysisEventOf)),
  ]) as Named<object>;
}

function operation(action: 'send' | 'receive', summary: string, messages: Named<object>) {
  const channel = '#/channels/chat';
  const named = Object.values(references(messages, `${channel}/messages`));
  return { action, summary, channel: { $ref: channel }, messages: named };
}

/** One reference for each; names that hold a slash or tilde do not occur. */
function references(messages: Named<object>, pointer: string): Named<{ readonly $ref: string }> {
  return Object.fromEntries(Object.keys(messages).map((name) => [name, { $ref: `${pointer}/${name}` }]));
}
