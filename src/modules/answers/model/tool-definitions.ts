import { documentKinds } from '../../../providers/connectors/source-document.js';
import type { JsonObject } from '../../tools/tool.js';

/** What a tool promises to a model. */
export interface ToolDefinition {
  readonly description: string;
  readonly inputSchema: JsonObject;
}

const text = (description: string, maxLength: number) => ({ type: 'string', description, minLength: 1, maxLength });
const input = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const query = {
  type: 'integer',
  description: 'Which result: 1 for the first query of this answer. Absent: the last one.',
  minimum: 1,
  maximum: 100,
};

/** The tools that come with the service. They read, with the rights of whoever asked; none of them writes. */
export const toolDefinitions = {
  search_catalog: {
    description: 'Finds tables and columns by words of their names and descriptions.',
    inputSchema: input({ query: text('Words to look for.', 200) }, ['query']),
  },
  describe_table: {
    description: 'Tells the columns of a table with their types, descriptions and typical values.',
    inputSchema: input({ table: text('Name of the table.', 200) }, ['table']),
  },
  search_values: {
    description: 'Finds how a value is spelled in the tables, and in which columns it stands.',
    inputSchema: input({ text: text('The value, as far as it is known.', 200) }, ['text']),
  },
  find_verified: {
    description: 'Finds a question that asks the same and whose SQL is known to be right.',
    inputSchema: input({ question: text('The question.', 2000) }, ['question']),
  },
  check_sql: {
    description: 'Judges a statement without running it: what is wrong with it, or what it would read and cost.',
    inputSchema: input({ sql: text('One SELECT in the dialect of Amazon Athena.', 20_000) }, ['sql']),
  },
  run_sql: {
    description: 'Runs a statement and shows the first rows of its result. Refer to its cells in the answer.',
    inputSchema: input({ sql: text('One SELECT in the dialect of Amazon Athena.', 20_000) }, ['sql']),
  },
  make_chart: {
    description: 'Draws the result of a query beside the answer.',
    inputSchema: input(
      {
        query,
        mark: {
          type: 'string',
          enum: ['bar', 'line', 'area', 'point', 'arc'],
          description: 'arc is a pie. Absent, or where the rows do not suit it: what fits best.',
        },
      },
      [],
    ),
  },
  search_documents: {
    description:
      'Finds what people wrote in chats, issues, merge requests and wikis, as far as the user may read it. Refer to the passages in the answer.',
    inputSchema: input(
      {
        query: text('Words or a question.', 500),
        kind: { type: 'string', enum: documentKinds, description: 'Only documents of this kind.' },
        author: text('Only by this author: the whole name.', 200),
        from: text('Only what was written on this day or later, such as 2026-01-31.', 10),
        to: text('Only what was written before this day.', 10),
      },
      ['query'],
    ),
  },
  ask_user: {
    description: 'Asks the user what they mean when the question can mean several things. The answer ends this call.',
    inputSchema: input(
      {
        question: text('What to ask.', 500),
        options: { type: 'array', items: text('One possible answer.', 200), minItems: 2, maxItems: 4 },
      },
      ['question', 'options'],
    ),
  },
} as const satisfies Readonly<Record<string, ToolDefinition>>;

export type ToolName = keyof typeof toolDefinitions;
