import { randomUUID } from 'node:crypto';
import type { AttemptEvent } from '../answer-assembly.js';
import type { StopReason } from '../language-model.js';
import { OpenToolUse } from '../tool-input.js';

/** A chunk of the stream as servers send it: every field may be missing. */
export interface ChatChunk {
  readonly choices?: readonly ChatChoice[] | null;
  readonly usage?: ChatUsage | null;
  readonly error?: unknown;
}

interface ChatChoice {
  readonly delta?: ChatDelta | null;
  /** Where a server does not stream, the whole answer. */
  readonly message?: ChatDelta | null;
  readonly finish_reason?: string | null;
  /** vLLM: the text at which it stopped. */
  readonly stop_reason?: unknown;
}

interface ChatDelta {
  readonly content?: string | readonly { readonly text?: unknown }[] | null;
  readonly refusal?: string | null;
  /** The names that DeepSeek and vLLM, and those that Ollama, LM Studio and OpenRouter use. */
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
  readonly tool_calls?: readonly ToolCallDelta[] | null;
}

interface ToolCallDelta {
  readonly index?: number | null;
  readonly id?: string | null;
  readonly function?: { readonly name?: string | null; readonly arguments?: unknown } | null;
}

interface ChatUsage {
  readonly prompt_tokens?: number | null;
  readonly completion_tokens?: number | null;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number | null } | null;
}

const stopReasons: Readonly<Record<string, StopReason>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'content_filtered',
};

/** Makes events of the chunks of one answer. */
export class ChatChunks {
  private readonly open: { readonly index: number | undefined; readonly use: OpenToolUse }[] = [];
  private toolsUsed = false;
  private refused = false;
  private stopped = false;

  *read({ choices, usage }: ChatChunk): Generator<AttemptEvent> {
    const choice = choices?.[0];
    const delta = choice?.delta ?? choice?.message;
    if (delta) yield* this.readDelta(delta);
    if (usage) yield usageOf(usage);
    if (choice?.finish_reason) yield* this.stop(choice);
  }

  /** The stream was closed as agreed. Some servers never give the reason. */
  *finish(): Generator<AttemptEvent> {
    if (!this.stopped) yield* this.stop({});
  }

  private *readDelta(delta: ChatDelta): Generator<AttemptEvent> {
    const reasoning = word(delta.reasoning_content) || word(delta.reasoning);
    if (reasoning !== '') yield { type: 'reasoning_delta', text: reasoning };
    const refusal = word(delta.refusal);
    this.refused ||= refusal !== '';
    const text = textOf(delta.content) + refusal;
    if (text !== '') yield { type: 'text_delta', text };
    for (const call of delta.tool_calls ?? []) yield* this.readToolCall(call);
  }

  private *readToolCall(call: ToolCallDelta): Generator<AttemptEvent> {
    let use = this.find(call);
    if (!use) {
      use = new OpenToolUse(word(call.id) || `call_${randomUUID()}`, word(call.function?.name));
      this.open.push({ index: call.index ?? undefined, use });
      this.toolsUsed = true;
      yield use.started;
    }
    const given = call.function?.arguments;
    const text = typeof given === 'string' ? given : given ? JSON.stringify(given) : '';
    if (text !== '') yield use.add(text);
  }

  /**
   * Which tool use a delta goes on with. Servers leave out the index, the id or both, number every call 0, or repeat
   * the name with every piece: a name begins another call only where it differs or the call before it is whole.
   */
  private find({ index, id, function: named }: ToolCallDelta): OpenToolUse | undefined {
    const isHere = (each: { index: number | undefined }) => index == null || each.index === index;
    const known = id ? this.open.find((each) => each.use.id === id && isHere(each)) : undefined;
    if (known || (id && named?.name)) return known?.use;
    const last = this.open.findLast(isHere);
    const isAnother = last && named?.name && (named.name !== last.use.name || last.use.isWhole);
    return isAnother ? undefined : last?.use;
  }

  private *stop({ finish_reason, stop_reason }: ChatChoice): Generator<AttemptEvent> {
    this.stopped = true;
    for (const { use } of this.open.splice(0)) yield use.finish();
    yield { type: 'stop', stopReason: this.stopReason(finish_reason ?? 'stop', stop_reason) };
  }

  /** "stop" also ends answers that call tools, in streams of OpenAI, Gemini, Ollama and others. */
  private stopReason(finishReason: string, stoppedAt: unknown): StopReason {
    const reason = stopReasons[finishReason] ?? 'end_turn';
    if (reason !== 'end_turn') return reason;
    if (this.refused) return 'refusal';
    if (this.toolsUsed) return 'tool_use';
    return typeof stoppedAt === 'string' ? 'stop_sequence' : 'end_turn';
  }
}

/** Nothing of what should be a text and is not. */
function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textOf(content: ChatDelta['content']): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: { text?: unknown }) => word(part.text)).join('') : '';
}

function usageOf({ prompt_tokens, completion_tokens, prompt_tokens_details }: ChatUsage): AttemptEvent {
  const cacheReadTokens = prompt_tokens_details?.cached_tokens ?? 0;
  return {
    type: 'usage',
    inputTokens: Math.max(0, (prompt_tokens ?? 0) - cacheReadTokens),
    outputTokens: completion_tokens ?? 0,
    cacheReadTokens,
    cacheWriteTokens: 0,
  };
}
