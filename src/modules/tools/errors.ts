import { problem, type ProblemPart } from '../../platform/errors/problem.js';

export class ToolNotFound extends problem({
  slug: 'tool-not-found',
  title: 'Tool not found',
  status: 404,
  help: 'GET /api/v1/tools lists the tools of the workspace. Those that come with the service cannot be changed or deleted.',
}) {
  constructor(name: string) {
    super(`The workspace has registered no tool ${JSON.stringify(name.slice(0, 64))}.`);
  }
}

export class ToolExists extends problem({
  slug: 'tool-exists',
  title: 'There is a tool with this name',
  status: 409,
  help: 'Choose another name, or change the tool with PATCH /api/v1/tools/{name}.',
}) {
  constructor(name: string) {
    super(`There is a tool ${name} already.`);
  }
}

export class TooManyTools extends problem({
  slug: 'too-many-tools',
  title: 'Too many tools',
  status: 409,
  help: 'Delete tools that no chatbot uses.',
}) {
  constructor(limit: number) {
    super(`The workspace has ${limit} tools, which is the most.`);
  }
}

export class InvalidToolInput extends problem({
  slug: 'invalid-tool-input',
  title: 'The tool does not take this input',
  status: 400,
  help: 'Each entry of "errors" points at one field of the input. GET /api/v1/tools shows the schema of every tool’s input.',
}) {
  constructor(errors: readonly ProblemPart[]) {
    super(errors.map(({ pointer, detail }) => `${pointer || 'The input'} ${detail}`).join('; '), { errors });
  }
}

export class ToolSecretUnreadable extends problem({
  slug: 'tool-secret-unreadable',
  title: 'The tool’s secret cannot be read any more',
  status: 409,
  help: 'Set it again with PATCH /api/v1/tools/{name} {"secret": "…"}.',
}) {
  constructor(name: string) {
    super(`The secret of the tool ${name} was encrypted with a key that this service does not have.`);
  }
}

/** What can be used up. */
export type BudgetLimit =
  | 'tool_calls_per_turn'
  | 'tokens_per_turn'
  | 'usd_per_turn'
  | 'tokens_per_user_per_day'
  | 'tokens_per_workspace_per_day';

const limitNames: Readonly<Record<BudgetLimit, string>> = {
  tool_calls_per_turn: 'calls of tools for one answer',
  tokens_per_turn: 'tokens for one answer or analysis',
  usd_per_turn: 'US dollars for one answer or analysis',
  tokens_per_user_per_day: 'tokens for one user in a day of UTC',
  tokens_per_workspace_per_day: 'tokens for the workspace in a day of UTC',
};

export class BudgetExhausted extends problem({
  slug: 'budget-exhausted',
  title: 'The answer would cost more than it may',
  status: 403,
  help: '"limit" names what was used up. Ask for less at once, or wait for the next day where the limit is one for a day. Whoever runs the service sets the limits.',
}) {
  constructor(
    readonly limit: BudgetLimit,
    readonly maximum: number,
  ) {
    super(`There are at most ${maximum.toLocaleString('en', { maximumFractionDigits: 6 })} ${limitNames[limit]}.`, {
      members: { limit, maximum },
    });
  }
}
