import { Problem } from '../../../platform/errors/problem.js';
import { isModelProblem } from '../../../providers/language-model/errors.js';
import type { ToolResultBlock, ToolUseBlock } from '../../../providers/language-model/language-model.js';
import { BudgetExhausted } from '../../tools/errors.js';
import type { Tool, ToolResult } from '../../tools/tool.js';
import type { TurnBudget } from '../../tools/turn-budget.js';
import type { ModelTurn } from './model-turn.js';

export interface CallParts {
  /** Those that the chatbot has. */
  readonly tools: readonly Tool[];
  readonly budget: TurnBudget;
  /** Calls a tool with the rights of whoever asked. */
  readonly call: (tool: Tool, input: unknown) => Promise<ToolResult>;
}

/** Characters of an output that its user sees among the events. */
const shownOutput = 4000;
const longestName = 64;

/** Does what a model asks to be done, and tells it what came of that. */
export class ToolCalls {
  /** Whether more may follow. */
  mayCall = true;

  constructor(
    private readonly parts: CallParts,
    private readonly work: ModelTurn,
  ) {}

  /** In their order, one by one. `waiting` is the one that asks the user: it has no result yet, and none follows it. */
  async all(
    uses: readonly ToolUseBlock[],
    malformed: ReadonlyMap<string, string>,
  ): Promise<{ results: readonly ToolResultBlock[]; waiting?: string }> {
    const results: ToolResultBlock[] = [];
    let waiting: string | undefined;
    for (const use of uses) {
      if (waiting !== undefined) {
        results.push(failed(use, 'Not called: the user was asked something first.'));
        continue;
      }
      const result = await this.shown(use, malformed.has(use.id));
      if (this.work.asking) waiting = use.id;
      else results.push(result);
    }
    return { results, ...(waiting !== undefined && { waiting }) };
  }

  private async shown(use: ToolUseBlock, isMalformed: boolean): Promise<ToolResultBlock> {
    const { turn } = this.work;
    const name = use.name.slice(0, longestName);
    await turn.emit({ type: 'tool.started', name, input: use.input });
    const result = await this.result(use, isMalformed);
    await turn.emit({ type: 'tool.finished', name, output: result.content.slice(0, shownOutput) });
    return result;
  }

  private async result(use: ToolUseBlock, isMalformed: boolean): Promise<ToolResultBlock> {
    const { tools, budget, call } = this.parts;
    const tool = tools.find(({ name }) => name === use.name);
    try {
      budget.takeCall();
      if (isMalformed) return failed(use, 'The input was no JSON object. Call the tool again with one.');
      if (!tool)
        return failed(use, `There is no such tool. The tools are: ${tools.map(({ name }) => name).join(', ')}.`);
      const { content } = await call(tool, use.input);
      return { type: 'tool_result', toolUseId: use.id, content };
    } catch (error) {
      this.work.turn.signal.throwIfAborted();
      return failed(use, this.told(error));
    }
  }

  /** What a model is told of a failure; what it should not know goes on. */
  private told(error: unknown): string {
    if (error instanceof BudgetExhausted) {
      this.mayCall = false;
      return 'No more tools may be called. Answer now, with what you have.';
    }
    if (error instanceof Problem && !isModelProblem(error)) return error.message;
    throw error;
  }
}

function failed({ id }: ToolUseBlock, content: string): ToolResultBlock {
  return { type: 'tool_result', toolUseId: id, content, failed: true };
}
