import type {
  ContentBlockDelta,
  ConverseStreamMetadataEvent,
  ConverseStreamOutput,
  StopReason as BedrockStopReason,
} from '@aws-sdk/client-bedrock-runtime';
import type { AttemptEvent } from '../answer-assembly.js';
import type { StopReason } from '../language-model.js';
import { OpenToolUse } from '../tool-input.js';

const stopReasons: Readonly<Partial<Record<string, StopReason>>> = {
  end_turn: 'end_turn',
  tool_use: 'tool_use',
  max_tokens: 'max_tokens',
  model_context_window_exceeded: 'max_tokens',
  stop_sequence: 'stop_sequence',
  refusal: 'refusal',
  content_filtered: 'content_filtered',
  guardrail_intervened: 'content_filtered',
} satisfies Partial<Record<BedrockStopReason | 'refusal', StopReason>>;

/** The model's output could not be made an answer of; asking again may help. */
export class MalformedOutput extends Error {
  constructor(readonly stopReason: string) {
    super(`The model stopped with ${stopReason}`);
  }
}

/** Makes events of the frames of one answer. Content blocks are numbered and come one after the other. */
export class ConverseEvents {
  private readonly open = new Map<number, OpenToolUse>();
  private signature: string | undefined;

  *read(frame: ConverseStreamOutput): Generator<AttemptEvent> {
    if (frame.contentBlockStart) {
      const { start, contentBlockIndex = 0 } = frame.contentBlockStart;
      if (start?.toolUse) yield this.openToolUse(contentBlockIndex, start.toolUse.toolUseId, start.toolUse.name);
    } else if (frame.contentBlockDelta) {
      const { delta, contentBlockIndex = 0 } = frame.contentBlockDelta;
      if (delta) yield* this.readDelta(delta, contentBlockIndex);
    } else if (frame.contentBlockStop) {
      yield* this.closeBlock(frame.contentBlockStop.contentBlockIndex ?? 0);
    } else if (frame.messageStop) {
      yield* this.stop(frame.messageStop.stopReason ?? 'end_turn');
    } else if (frame.metadata) {
      yield* usageOf(frame.metadata);
    }
  }

  private openToolUse(index: number, id = '', name = ''): AttemptEvent {
    const use = new OpenToolUse(id, name);
    this.open.set(index, use);
    return use.started;
  }

  private *readDelta(delta: ContentBlockDelta, index: number): Generator<AttemptEvent> {
    if (delta.text) yield { type: 'text_delta', text: delta.text };
    const use = this.open.get(index);
    if (delta.toolUse?.input && use) yield use.add(delta.toolUse.input);
    const reasoning = delta.reasoningContent;
    if (reasoning?.text) yield { type: 'reasoning_delta', text: reasoning.text };
    if (reasoning?.signature) this.signature = (this.signature ?? '') + reasoning.signature;
    if (reasoning?.redactedContent) {
      yield { type: 'reasoning_sealed', redacted: Buffer.from(reasoning.redactedContent).toString('base64') };
    }
  }

  private *closeBlock(index: number): Generator<AttemptEvent> {
    const use = this.open.get(index);
    this.open.delete(index);
    if (use) yield use.finish();
    if (this.signature !== undefined) yield { type: 'reasoning_sealed', signature: this.signature };
    this.signature = undefined;
  }

  private *stop(reason: string): Generator<AttemptEvent> {
    if (reason.startsWith('malformed_')) throw new MalformedOutput(reason);
    for (const index of this.open.keys()) yield* this.closeBlock(index);
    yield { type: 'stop', stopReason: stopReasons[reason] ?? 'end_turn' };
  }
}

function* usageOf({ usage }: ConverseStreamMetadataEvent): Generator<AttemptEvent> {
  if (!usage) return;
  yield {
    type: 'usage',
    inputTokens: usage.inputTokens ?? 0,
    outputTokens: usage.outputTokens ?? 0,
    cacheReadTokens: usage.cacheReadInputTokens ?? 0,
    cacheWriteTokens: usage.cacheWriteInputTokens ?? 0,
  };
}
