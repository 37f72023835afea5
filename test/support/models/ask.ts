import { SystemClock } from '../../../src/providers/clock/system.clock.js';
import type { LanguageModel, ModelEvent, ModelRequest } from '../../../src/providers/language-model/language-model.js';
import type { StreamingOptions } from '../../../src/providers/language-model/streaming.language-model.js';

/** Short enough for tests, long enough for a busy machine. */
export const streamingOptions: StreamingOptions = {
  clock: new SystemClock(),
  deadlines: { firstTokenMs: 60_000, idleMs: 60_000, totalMs: 120_000 },
  maxAttempts: 2,
  prices: new Map(),
};

/** A request that says one thing. */
export function saying(text: string, more: Partial<ModelRequest> = {}): ModelRequest {
  const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }];
  return { system: [], messages, tools: [], parameters: {}, ...more };
}

export interface Outcome {
  readonly events: readonly ModelEvent[];
  readonly error: Error | undefined;
}

/** Reads a whole answer, or what came of it and the error that ended it. */
export async function collect(stream: AsyncIterable<ModelEvent>, seen?: (event: ModelEvent) => void): Promise<Outcome> {
  const events: ModelEvent[] = [];
  try {
    for await (const event of stream) {
      events.push(event);
      seen?.(event);
    }
    return { events, error: undefined };
  } catch (error) {
    return { events, error: error as Error };
  }
}

export function ask(model: LanguageModel, request: ModelRequest = saying('Hi')): Promise<Outcome> {
  return collect(model.stream(request, new AbortController().signal));
}
