import type { AnswerBlock, JsonObject, ModelEvent, ReasoningBlock, StopReason, TokenUsage } from './language-model.js';

/** What an adapter reads off the wire: the events of the port, and what the port makes its last two events of. */
export type AttemptEvent =
  | Exclude<ModelEvent, { type: 'usage' | 'end' }>
  /** The reasoning so far is one block, signed or withheld by the provider. */
  | { readonly type: 'reasoning_sealed'; readonly signature?: string; readonly redacted?: string }
  /** The last one counts. */
  | ({ readonly type: 'usage' } & TokenUsage)
  /** The answer is complete; at most its usage is still to come. Where a server says so too early, the last one counts. */
  | { readonly type: 'stop'; readonly stopReason: StopReason };

/** Puts an answer's blocks together while its events pass. */
export class AnswerAssembly {
  private readonly blocks: AnswerBlock[] = [];
  private readonly reasoning: string[] = [];
  private readonly text: string[] = [];
  /** Length of what has arrived. */
  characters = 0;
  usage: TokenUsage | undefined;
  stopReason: StopReason | undefined;

  add(event: AttemptEvent): void {
    if ('text' in event) this.characters += event.text.length;
    if (event.type === 'reasoning_delta') {
      this.closeText();
      this.reasoning.push(event.text);
    } else if (event.type === 'text_delta') {
      this.closeReasoning();
      this.text.push(event.text);
    } else if (event.type === 'reasoning_sealed') {
      this.closeText();
      this.closeReasoning(event);
    } else if (event.type === 'tool_use_finished') {
      this.addToolUse(event, event.input);
    } else if (event.type === 'tool_use_malformed') {
      this.addToolUse(event, {});
    } else if (event.type === 'usage') {
      this.usage = event;
    } else if (event.type === 'stop') {
      this.stopReason = event.stopReason;
    }
  }

  finish(): readonly AnswerBlock[] {
    this.closeText();
    this.closeReasoning();
    return this.blocks;
  }

  private addToolUse({ id, name }: { id: string; name: string }, input: JsonObject): void {
    this.closeText();
    this.closeReasoning();
    this.blocks.push({ type: 'tool_use', id, name, input });
  }

  private closeText(): void {
    if (this.text.length > 0) this.blocks.push({ type: 'text', text: this.text.splice(0).join('') });
  }

  private closeReasoning({ signature, redacted }: Pick<ReasoningBlock, 'signature' | 'redacted'> = {}): void {
    const text = this.reasoning.splice(0).join('');
    if (redacted !== undefined) this.blocks.push({ type: 'reasoning', text, redacted });
    else if (signature !== undefined) this.blocks.push({ type: 'reasoning', text, signature });
    else if (text !== '') this.blocks.push({ type: 'reasoning', text });
  }
}
