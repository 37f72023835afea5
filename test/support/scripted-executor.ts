import { ConversationTurns } from '../../src/modules/conversations/conversation-turns.js';
import { ConversationsService } from '../../src/modules/conversations/conversations.service.js';
import type { RunInput } from '../../src/modules/answers/run-input.js';
import type { Run } from '../../src/modules/runs/run.js';
import { RunEngine } from '../../src/modules/runs/run-engine.js';
import type {
  Resumption,
  RunContext,
  RunEffects,
  RunEnd,
  RunExecutor,
  RunResult,
} from '../../src/modules/runs/run-executor.js';
import type { TestApp } from './app.js';

/** What is done with a question, in place of the service's own way to answer it. */
export type Script = (question: string, context: RunContext, resumed?: Resumption) => Promise<RunResult | string>;

/** Lets a script answer the questions of a running service. What it leaves behind is what any answer leaves behind. */
export function answerWith(test: TestApp, script: Script): void {
  const { nest } = test.app;
  const executor = new ScriptedExecutor(script, nest.get(ConversationsService), nest.get(ConversationTurns));
  nest.get(RunEngine).executeWith(executor);
}

class ScriptedExecutor implements RunExecutor {
  constructor(
    private readonly script: Script,
    private readonly conversations: ConversationsService,
    private readonly turns: ConversationTurns,
  ) {}

  async execute(context: RunContext, resumed?: Resumption): Promise<RunResult> {
    const said = await this.script(inputOf(context.run).question, context, resumed);
    if (typeof said !== 'string') return said;
    const { message_id } = context.run;
    return { kind: 'answered', message: { content: said, message_id, status: 'completed' } };
  }

  async ended(run: Run, { outcome, message, partialText }: RunEnd): Promise<RunEffects> {
    const status = outcome === 'completed' ? 'partial' : outcome;
    const answer = message ?? { content: partialText, message_id: run.message_id, status };
    const { workspace_id: workspaceId, user_id: userId } = run;
    const conversation = await this.conversations.item({ workspaceId, userId }, run.conversation_id);
    const { content, message_id: messageId } = answer;
    const end = { messageId, content, status: answer.status };
    return { message: answer, writes: this.turns.end(conversation, run.run_id, inputOf(run).position, end) };
  }
}

function inputOf({ input }: Run): RunInput {
  return JSON.parse(input) as RunInput;
}

/** A script's way to ask back; answered with the `value` of an option. */
export function askingBack(question: string, options: readonly string[], expiresInMs = 60_000): RunResult {
  return {
    kind: 'suspended',
    state: { question },
    interrupt: {
      kind: 'clarify',
      question,
      options: options.map((value) => ({ value, label: value })),
      expires_at: new Date(Date.now() + expiresInMs).toISOString(),
    },
  };
}

/** Does not end until it is told to. */
export function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}
