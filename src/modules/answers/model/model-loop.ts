import type { ModelMessage, StopReason, ToolResultBlock } from '../../../providers/language-model/language-model.js';
import type { VerifiedText } from '../domain/verified-text.js';
import { ModelCall, type ModelCallParts, type ModelReply } from './model-call.js';
import type { ModelTurn } from './model-turn.js';
import { type CallParts, ToolCalls } from './tool-calls.js';

/** How the work of a model has ended. */
export type LoopEnd =
  | { readonly kind: 'said'; readonly text: VerifiedText; readonly stopReason: StopReason }
  /** It could not say anything that holds. */
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'asking'; readonly waiting: string; readonly results: readonly ToolResultBlock[] };

export type LoopParts = CallParts & ModelCallParts;

interface Reply extends ModelReply {
  readonly text: VerifiedText;
}

const numbersOnly = (faults: readonly string[]) =>
  `Your text was rejected. These are neither references to cells nor numbers of the question: ${faults.slice(0, 10).join(', ')}. Write the whole answer again, with references such as {{r0.c0}} in place of every number.`;

/** Lets a model call tools until it answers, asks, or has used up what it may. */
export class ModelLoop {
  private readonly calls: ToolCalls;
  private readonly call: ModelCall;
  private retried = false;

  constructor(
    private readonly parts: LoopParts,
    private readonly work: ModelTurn,
    readonly messages: ModelMessage[],
  ) {
    this.calls = new ToolCalls(parts, work);
    this.call = new ModelCall(parts, work.turn);
  }

  async run(): Promise<LoopEnd> {
    for (;;) {
      const reply = await this.ask();
      this.messages.push({ role: 'assistant', content: reply.content });
      const uses = reply.content.filter((block) => block.type === 'tool_use');
      if (uses.length > 0 && !this.calls.mayCall) return { kind: 'nothing', why: 'It called tools without end.' };
      if (uses.length === 0) {
        const end = this.ended(reply);
        if (end) return end;
        continue;
      }
      const { results, waiting } = await this.calls.all(uses, reply.malformed);
      if (waiting !== undefined) return { kind: 'asking', waiting, results };
      this.messages.push({ role: 'user', content: results });
    }
  }

  /** Undefined when the model is to write its text again. */
  private ended({ text, stopReason }: Reply): LoopEnd | undefined {
    const isEmpty = text.text.trim() === '' && text.faults.length === 0;
    if (!isEmpty && text.faults.length === 0) return { kind: 'said', text, stopReason };
    if (this.retried) return { kind: 'nothing', why: 'It gave numbers that come from no result.' };
    this.retried = true;
    if (!isEmpty) this.calls.mayCall = false;
    const words = isEmpty ? 'Answer the question now.' : numbersOnly(text.faults);
    this.messages.push({ role: 'user', content: [{ type: 'text', text: words }] });
    return undefined;
  }

  private async ask(): Promise<Reply> {
    const toolChoice = this.parts.request.tools.length === 0 || this.calls.mayCall ? 'auto' : 'none';
    const text = this.work.verifiedText();
    const reply = await this.call.ask(this.messages, toolChoice, {
      push: (delta) => this.show(text.push(delta), text),
      end: () => this.show(text.end(), text),
    });
    return { ...reply, text };
  }

  private async show(shown: string, text: VerifiedText): Promise<void> {
    if (shown === '') return;
    const isFirst = text.text === shown;
    const { turn } = this.work;
    const apart = isFirst && turn.hasSpoken ? '\n\n' : '';
    await turn.emit({ type: 'text.delta', text: apart + shown });
  }
}
