import type { Logger } from 'pino';
import type { ModelPrices } from '../../config/model-prices.js';
import type { Clock } from '../clock/clock.js';
import { AnswerAssembly, type AttemptEvent } from './answer-assembly.js';
import { CallWatch, type ModelDeadlines } from './call-watch.js';
import {
  isModelProblem,
  ModelAnswerEndless,
  ModelAnswerTruncated,
  type ModelOrigin,
  type ModelProblem,
} from './errors.js';
import { LanguageModel, type ModelEvent, type ModelRequest, type TokenUsage } from './language-model.js';
import { costUsd } from './prices.js';

export interface StreamingOptions {
  readonly clock: Clock;
  readonly deadlines: ModelDeadlines;
  /** How often a request is sent at most. */
  readonly maxAttempts: number;
  readonly prices: ModelPrices;
  readonly logger?: Logger;
}

const firstBackoffMs = 250;
const longestBackoffMs = 8000;
/** How long to wait for more, such as the usage, once the answer is said to be complete. */
const usagePatienceMs = 2000;
/** No model writes that much; whatever does is no model. */
const mostCharacters = 16_000_000;

/** What all adapters have in common: retries, deadlines, prices, and the order of the last events. */
export abstract class StreamingLanguageModel extends LanguageModel {
  constructor(protected readonly options: StreamingOptions) {
    super();
  }

  /**
   * Sends the request once and yields what comes back; rejects with a `ModelProblem`. To end without a `stop` is to
   * break off. The signal is aborted when the attempt is over or given up, and the adapter then closes its connection.
   */
  protected abstract attempt(request: ModelRequest, modelId: string, signal: AbortSignal): AsyncGenerator<AttemptEvent>;

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
    const modelId = request.parameters.modelId ?? this.defaultModelId;
    const origin = { provider: this.provider, modelId };
    const watch = new CallWatch(this.options.clock, this.options.deadlines, origin, signal);
    try {
      for (let attempt = 1; ; attempt += 1) {
        const progress = { delivered: false };
        try {
          yield* this.once(request, origin, watch, progress);
          return;
        } catch (error) {
          watch.signal.throwIfAborted();
          if (progress.delivered || !isModelProblem(error)) throw error;
          await this.beforeNextAttempt(attempt, error, watch);
        }
      }
    } finally {
      watch.close();
    }
  }

  price(usage: TokenUsage, modelId = this.defaultModelId): number | null {
    return costUsd(usage, this.options.prices.get(modelId));
  }

  private async *once(
    request: ModelRequest,
    origin: ModelOrigin,
    watch: CallWatch,
    progress: { delivered: boolean },
  ): AsyncGenerator<ModelEvent> {
    const connection = new AbortController();
    const disconnect = () => connection.abort();
    watch.signal.addEventListener('abort', disconnect);
    const events = this.attempt(request, origin.modelId, connection.signal);
    try {
      const answer = new AnswerAssembly();
      for (;;) {
        const { done, value: event } = await this.next(events, answer, watch);
        if (done) break;
        answer.add(event);
        progress.delivered ||= event.type === 'stop';
        if (event.type === 'stop' || event.type === 'usage' || event.type === 'reasoning_sealed') continue;
        if (answer.characters > mostCharacters) throw new ModelAnswerEndless(origin, `${mostCharacters} characters`);
        progress.delivered = true;
        watch.sawEvent();
        yield event;
      }
      yield* this.closing(answer, origin);
    } finally {
      watch.signal.removeEventListener('abort', disconnect);
      disconnect();
      void events.return(undefined).catch(() => undefined);
    }
  }

  /** Once the answer is complete, what goes wrong can cost its usage, no more. */
  private async next(events: AsyncGenerator<AttemptEvent>, answer: AnswerAssembly, watch: CallWatch) {
    if (answer.stopReason === undefined) return watch.next(events);
    const over = { done: true, value: undefined } as const;
    const patience = new AbortController();
    const timeUp = this.options.clock.sleep(usagePatienceMs, patience.signal);
    try {
      return await Promise.race([events.next(), timeUp.then(() => over)]);
    } catch {
      return over;
    } finally {
      patience.abort();
      timeUp.catch(() => undefined);
    }
  }

  private *closing(answer: AnswerAssembly, origin: ModelOrigin): Generator<ModelEvent> {
    const { usage, stopReason } = answer;
    if (stopReason === undefined) throw new ModelAnswerTruncated(origin);
    if (usage) yield { ...usage, type: 'usage', costUsd: this.price(usage, origin.modelId) };
    yield { type: 'end', stopReason, content: answer.finish() };
  }

  /** Full jitter: many callers that were refused at once must not come back at once. Throws where there is no next attempt. */
  private async beforeNextAttempt(attempt: number, problem: ModelProblem, watch: CallWatch): Promise<void> {
    const { retryAfterMs = 0, provider, modelId } = problem.origin;
    const backoff = Math.random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1));
    const wait = Math.max(retryAfterMs, backoff);
    const hopeless = !problem.retryable || attempt >= this.options.maxAttempts || wait >= watch.untilFirstToken;
    this.options.logger?.warn(
      {
        provider,
        model_id: modelId,
        problem: problem.kind.slug,
        code: problem.origin.code,
        attempt,
        gave_up: hopeless,
      },
      'A language model did not answer',
    );
    if (hopeless) throw problem;
    await this.options.clock.sleep(wait, watch.signal);
  }
}
