import { askLater, askSomething, converse } from '../../support/conversing.js';
import { newChatbot, newTool } from '../../support/furnished.js';
import type { Row, Rows } from './row.js';

let names = 0;
const newName = () => `made_${(names += 1)}_here`;

/** A conversation is seen by nobody but whoever began it. */
const ownAnswer: Row['fresh'] = ({ caller }) => askSomething(caller);
const ownPrompt: Row['fresh'] = ({ caller }) => askLater(caller, 'Hello');
const waiting = { wait_ms: 60_000 };

/** Who answers, with which tools, and what people think of it. */
export const chatRows: Rows = {
  'POST /chatbots': { status: 201, body: ({ table }) => ({ name: 'One', tables: [table] }), names: { table: 400 } },
  'GET /chatbots': { status: 200 },
  'GET /chatbots/{chatbot_id}': { status: 200 },
  'PATCH /chatbots/{chatbot_id}': {
    status: 200,
    body: ({ tool }) => ({ tools: [tool] }),
    names: { tool: 400 },
  },
  'DELETE /chatbots/{chatbot_id}': {
    status: 204,
    fresh: async ({ owner }) => ({ chatbot_id: await newChatbot(owner, newName()) }),
  },
  'POST /chatbots/{chatbot_id}/default': { status: 200 },
  'GET /chatbots/{chatbot_id}/versions': { status: 200 },
  'POST /chatbots/{chatbot_id}/versions/{version}/restore': { status: 200 },
  'POST /tools': {
    status: 201,
    body: () => ({
      name: newName(),
      description: 'One.',
      input_schema: { type: 'object' },
      method: 'GET',
      url: 'https://tools.example.com/',
    }),
  },
  'GET /tools': { status: 200 },
  'GET /tools/{tool}': { status: 200 },
  'PATCH /tools/{tool}': { status: 200, body: () => ({ description: 'Changed.' }) },
  'DELETE /tools/{tool}': { status: 204, fresh: async ({ owner }) => ({ tool: await newTool(owner, newName()) }) },
  // Its address is this machine's own, which no tool may call.
  'POST /tools/{tool}/test': { status: 400, body: () => ({ input: {} }) },
  'POST /conversations': { status: 201, body: () => ({}) },
  'GET /conversations': { status: 200 },
  'GET /conversations/{conversation_id}': { status: 200, fresh: ownAnswer },
  'PATCH /conversations/{conversation_id}': { status: 200, fresh: ownAnswer, body: () => ({ title: 'Changed' }) },
  'DELETE /conversations/{conversation_id}': { status: 204, fresh: ownAnswer },
  'POST /conversations/{conversation_id}/fork': { status: 201, fresh: ownAnswer, body: () => ({}) },
  'GET /conversations/{conversation_id}/messages': { status: 200, fresh: ownAnswer },
  'POST /conversations/{conversation_id}/messages': {
    status: 200,
    fresh: ownAnswer,
    body: () => ({ content: 'Hello', ...waiting }),
  },
  'POST /messages/{message_id}/regenerate': { status: 200, fresh: ownAnswer, body: () => waiting },
  'GET /runs/{run_id}': { status: 200, fresh: ownAnswer },
  'GET /runs/{run_id}/events': { status: 200, fresh: ownAnswer },
  'POST /runs/{run_id}/cancel': { status: 200, fresh: ownAnswer },
  // The run has ended, so that it asks nothing any more.
  'POST /runs/{run_id}/respond': {
    status: 409,
    fresh: ownAnswer,
    body: () => ({ interrupt_id: 'int_none', value: 'yes' }),
  },
  'POST /messages/{message_id}/feedback': { status: 201, fresh: ownAnswer, body: () => ({ rating: 'up' }) },
  'GET /feedback': { status: 200 },
  'GET /feedback/export': { status: 200, query: '?format=csv' },
  'POST /messages/{message_id}/verify': {
    status: 201,
    fresh: ownAnswer,
    body: () => ({ question: newName(), sql: 'select 1' }),
  },
  'GET /verified-questions': { status: 200 },
  'DELETE /verified-questions/{verified_id}': { status: 204, fresh: ({ owner }) => converse(owner, newName()) },
  'POST /prompts': { status: 202, body: () => ({ prompt: 'Hello' }) },
  'GET /prompts': { status: 200 },
  'GET /prompts/{request_id}': { status: 200, fresh: ownPrompt },
  // The answer needed no query.
  'GET /prompts/{request_id}/result': { status: 409, fresh: ownPrompt },
};
