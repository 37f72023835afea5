import type { Caller } from '../access/caller.js';

/** A JSON Schema, or what it describes. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** `builtin` acts within the service, `http` calls what the workspace has registered, `web_search` a search endpoint. */
export type ToolKind = 'builtin' | 'http' | 'web_search';

/** What a tool works with. */
export interface ToolContext {
  /** Whoever asked: a tool does nothing that they may not do themselves. */
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** The run that calls the tool; absent when somebody tries it out. */
  readonly runId?: string | undefined;
}

/** What came of it: data from elsewhere, never instructions. */
export interface ToolResult {
  readonly content: string;
  /** Whether there was more. */
  readonly truncated: boolean;
}

/** Something that a language model can ask to be done. */
export interface Tool {
  /** 1 to 64 of `a-z A-Z 0-9 _ -`. */
  readonly name: string;
  /** What it does, for the model. */
  readonly description: string;
  /** JSON Schema of the input: an object. */
  readonly inputSchema: JsonObject;
  readonly kind: ToolKind;
  /** The input has been checked against the schema. Rejects with a `Problem` for what the model, or its user, should know. */
  run(context: ToolContext, input: JsonObject): Promise<ToolResult>;
}

/** As providers of language models want it. */
export const toolNamePattern = /^[A-Za-z0-9_-]{1,64}$/;
