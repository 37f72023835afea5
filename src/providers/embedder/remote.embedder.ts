import type { Logger } from 'pino';
import type { Clock } from '../clock/clock.js';
import {
  isModelProblem,
  ModelCancelled,
  ModelFirstTokenLate,
  type ModelProblem,
  ModelUnavailable,
} from '../language-model/errors.js';
import { Embedder, type EmbeddingPurpose, normalised } from './embedder.js';

export interface RemoteEmbedderOptions {
  readonly clock: Clock;
  readonly modelId: string;
  /** Asked of the model; undefined for as many as it gives by itself. */
  readonly dimensions: number | undefined;
  /** How often a request is sent at most. */
  readonly maxAttempts: number;
  /** Time for one answer, in milliseconds. */
  readonly answerMs: number;
  readonly logger?: Logger;
}

/** What one request may hold. */
export interface BatchLimits {
  readonly texts: number;
  readonly characters: number;
}

const firstBackoffMs = 250;
const longestBackoffMs = 8000;
const longestWaitMs = 60_000;
const requestsAtOnce = 4;

/** What the adapters of models elsewhere have in common: batches, retries, deadlines, and the check of what comes back. */
export abstract class RemoteEmbedder extends Embedder {
  readonly modelId: string;
  readonly isLexical = false;
  readonly isRemote = true;
  protected abstract readonly limits: BatchLimits;
  private known: number | undefined;

  constructor(protected readonly options: RemoteEmbedderOptions) {
    super();
    this.modelId = options.modelId;
    this.known = options.dimensions;
  }

  get space(): string {
    return `${this.provider}/${this.modelId}/${this.options.dimensions ?? 'own'}`;
  }

  /** Sends one request; rejects with a `ModelProblem`. What it resolves with is checked by the caller. */
  protected abstract attempt(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]>;

  async embed(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    const batches = inBatches(
      texts.map((text) => cut(text, this.longestText)),
      this.limits,
    );
    const vectors: (readonly Float32Array[])[] = [];
    const stop = new AbortController();
    const stopped = AbortSignal.any([signal, stop.signal]);
    let next = 0;
    const work = async () => {
      for (let mine = next++; mine < batches.length; mine = next++) {
        vectors[mine] = await this.patiently(batches[mine]!, purpose, stopped);
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.min(requestsAtOnce, batches.length) }, work));
    } catch (error) {
      stop.abort();
      throw signal.aborted ? new ModelCancelled() : error;
    }
    return vectors.flat();
  }

  private async patiently(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return this.checked(await this.once(texts, purpose, signal), texts.length);
      } catch (error) {
        if (signal.aborted) throw new ModelCancelled();
        if (!isModelProblem(error)) throw error;
        await this.beforeNextAttempt(attempt, error, signal);
      }
    }
  }

  private async once(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]> {
    if (signal.aborted) throw new ModelCancelled();
    const { clock, answerMs } = this.options;
    const late = new AbortController();
    const over = new AbortController();
    const timer = clock.sleep(answerMs, over.signal).then(
      () => late.abort(),
      () => undefined,
    );
    try {
      return await this.attempt(texts, purpose, AbortSignal.any([signal, late.signal]));
    } catch (error) {
      throw late.signal.aborted ? new ModelFirstTokenLate(this.origin, answerMs) : error;
    } finally {
      over.abort();
      await timer;
    }
  }

  /** A vector that is short, or of another length than those before, would be compared with what it has nothing to do with. */
  private checked(answer: readonly (readonly number[])[], count: number): readonly Float32Array[] {
    const vectors = answer.flatMap((vector) => (isVector(vector) ? (normalised(vector) ?? []) : []));
    if (vectors.length !== count || answer.length !== count) throw this.malformed('vectors for other texts than asked');
    for (const { length } of vectors) {
      this.known ??= length;
      if (length !== this.known) throw this.malformed(`${length} dimensions rather than ${this.known}`);
    }
    return vectors;
  }

  private malformed(what: string): ModelProblem {
    return new ModelUnavailable(this.origin, `gave a malformed answer: ${what}`);
  }

  protected get origin() {
    return { provider: this.provider, modelId: this.modelId };
  }

  /** Full jitter: many requests that were refused at once must not come back at once. Throws where there is no next attempt. */
  private async beforeNextAttempt(attempt: number, problem: ModelProblem, signal: AbortSignal): Promise<void> {
    const { clock, logger, maxAttempts } = this.options;
    const backoff = Math.random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1));
    const wait = Math.max(problem.origin.retryAfterMs ?? 0, backoff);
    const hopeless = !problem.retryable || attempt >= maxAttempts || wait > longestWaitMs;
    const { provider, modelId, code } = problem.origin;
    logger?.warn(
      { provider, model_id: modelId, problem: problem.kind.slug, code, attempt, gave_up: hopeless },
      'An embedding model did not answer',
    );
    if (hopeless) throw problem;
    await clock.sleep(wait, signal).catch(() => {
      throw new ModelCancelled();
    });
  }
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}

function inBatches(texts: readonly string[], limits: BatchLimits): string[][] {
  const batches: string[][] = [];
  let characters = Infinity;
  for (const text of texts) {
    const current = batches.at(-1);
    characters += text.length;
    if (current && current.length < limits.texts && characters <= limits.characters) current.push(text);
    else {
      batches.push([text]);
      characters = text.length;
    }
  }
  return batches;
}

/** Never between the halves of a character. */
function cut(text: string, longest: number): string {
  const end = /[\uD800-\uDBFF]/.test(text[longest - 1] ?? '') ? longest - 1 : longest;
  return text.slice(0, end);
}
