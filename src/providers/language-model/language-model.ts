/** JSON as it is parsed; a JSON Schema, or the input of a tool. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A part of the instructions. */
export interface SystemBlock {
  readonly text: string;
  /**
   * What stands before the end of this block is byte for byte the same in the next turns, so a provider that caches
   * prompts should keep it up to here. Of several marks the last counts.
   */
  readonly cacheBoundary?: boolean;
}

export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
}

/**
 * What a model thought before it answered or called a tool. Models that sign their reasoning want it back, unchanged,
 * together with the results of the tools that they called; no other reasoning is sent again.
 */
export interface ReasoningBlock {
  readonly type: 'reasoning';
  readonly text: string;
  readonly signature?: string;
  /** Reasoning that the provider keeps from us, as base64. `text` is empty then. */
  readonly redacted?: string;
}

export interface ToolUseBlock {
  readonly type: 'tool_use';
  readonly id: string;
  readonly name: string;
  /** Empty where the model's own input was malformed. */
  readonly input: JsonObject;
}

export interface ToolResultBlock {
  readonly type: 'tool_result';
  readonly toolUseId: string;
  readonly content: string;
  /** The tool did not do what it was asked for; `content` says why. */
  readonly failed?: boolean;
}

export type AnswerBlock = TextBlock | ReasoningBlock | ToolUseBlock;

/** Begins with the user. Messages of the same role may follow each other; each tool use has its result in the next user message. */
export type ModelMessage =
  | { readonly role: 'user'; readonly content: readonly (TextBlock | ToolResultBlock)[] }
  | { readonly role: 'assistant'; readonly content: readonly AnswerBlock[] };

export interface ModelTool {
  /** 1 to 64 of `a-z A-Z 0-9 _ -`. */
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input: an object. */
  readonly inputSchema: JsonObject;
}

/** `required`: some tool must be called. `none`: no tool may be, although earlier messages may hold tool uses. */
export type ToolChoice = 'auto' | 'required' | 'none' | { readonly name: string };

/** What is absent is left to the provider. */
export interface ModelParameters {
  /** Absent: the provider's `defaultModelId`. */
  readonly modelId?: string;
  readonly temperature?: number;
  readonly topP?: number;
  /** Most tokens of the answer, reasoning included. */
  readonly maxTokens?: number;
  /** Texts at which the answer ends; they are not part of it. */
  readonly stop?: readonly string[];
}

export interface ModelRequest {
  readonly system: readonly SystemBlock[];
  readonly messages: readonly ModelMessage[];
  /** Empty for none. */
  readonly tools: readonly ModelTool[];
  /** `auto` when absent. */
  readonly toolChoice?: ToolChoice;
  readonly parameters: ModelParameters;
  /**
   * Holds the answer's text to a JSON Schema in which every property is required and no other is allowed. A model that
   * cannot be held to one rejects with `ModelRequestInvalid`. The text still has to be parsed, and is cut short at `max_tokens`.
   */
  readonly responseSchema?: { readonly name: string; readonly schema: JsonObject };
}

/** Tokens of one answer. Each is counted in one place: what came from the cache or went into it is not in `inputTokens`. */
export interface TokenUsage {
  readonly inputTokens: number;
  /** Reasoning included. */
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

/**
 * `tool_use`: the model waits for the results of its tool uses. `max_tokens`: the answer is cut off, be it at the
 * request's limit or at the model's. `refusal`: the model declined. `content_filtered`: a filter or guardrail stopped it.
 */
export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'stop_sequence' | 'refusal' | 'content_filtered';

export type ModelEvent =
  | { readonly type: 'text_delta'; readonly text: string }
  | { readonly type: 'reasoning_delta'; readonly text: string }
  | { readonly type: 'tool_use_started'; readonly id: string; readonly name: string }
  /** A piece of the input's JSON text; for showing progress, nothing can be parsed yet. */
  | { readonly type: 'tool_use_input_delta'; readonly id: string; readonly text: string }
  | { readonly type: 'tool_use_finished'; readonly id: string; readonly name: string; readonly input: JsonObject }
  /** The input is not a JSON object. Answer it with a failed tool result; `text` is what the model wrote. */
  | { readonly type: 'tool_use_malformed'; readonly id: string; readonly name: string; readonly text: string }
  /** `costUsd` is null where the model's prices are not known. */
  | ({ readonly type: 'usage'; readonly costUsd: number | null } & TokenUsage)
  /** `content` is the whole answer, to be sent back as the assistant's message of the next request. */
  | { readonly type: 'end'; readonly stopReason: StopReason; readonly content: readonly AnswerBlock[] };

/**
 * Answers over a provider's models.
 *
 * `stream` sends nothing before it is iterated, and may be iterated once. A complete answer is deltas and tool uses in
 * the order of the model, then at most one `usage` (none where the provider does not tell), then exactly one `end`,
 * which is last. Deltas are never empty. Each tool use is `started`, gets deltas, and is either `finished` or
 * `malformed` before the end; inputs are checked to be JSON objects, not against their schema. Whatever else happens
 * rejects with one of the classes of `errors.ts`; the events so far stay true, they are what had arrived.
 *
 * Throttling, overload and lost connections are tried again before the first event, never after it: a repeated answer
 * would begin anew. The time to the first event, retries included, between two events and for the whole answer is
 * limited; time in which the caller does not ask for the next event counts for the whole only. Aborting `signal` rejects with
 * `ModelCancelled`. When iteration ends, by whatever way, so has the connection: nothing is generated for nobody.
 *
 * Neither prompts nor answers are logged, and no error's message repeats them.
 */
export abstract class LanguageModel {
  /** `openai-compatible` or `bedrock`. */
  abstract readonly provider: string;
  /** The model that answers when a request names none. */
  abstract readonly defaultModelId: string;
  abstract stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  /** US dollars for so many tokens; null where the model's prices are not known. Absent `modelId`: the default one. */
  abstract price(usage: TokenUsage, modelId?: string): number | null;
}
