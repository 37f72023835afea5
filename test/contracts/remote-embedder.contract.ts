import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Embedder } from '../../src/providers/embedder/embedder.js';
import type { RemoteEmbedderOptions } from '../../src/providers/embedder/remote.embedder.js';
import {
  ModelAccessDenied,
  ModelCancelled,
  ModelFirstTokenLate,
  ModelRequestInvalid,
  ModelThrottled,
  ModelUnavailable,
} from '../../src/providers/language-model/errors.js';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import type { EmbedderFault, FakeEmbedder } from '../support/embedders/fake-embedder.js';
import { until } from '../support/until.js';

export type OpenRemoteEmbedder = (options: Omit<RemoteEmbedderOptions, 'modelId'>) => Promise<Embedder> | Embedder;

export interface RemoteEmbedderUnderTest {
  readonly server: FakeEmbedder;
  readonly open: OpenRemoteEmbedder;
}

/** Short enough for tests, long enough for a busy machine. */
export const embedderOptions = { clock: new SystemClock(), dimensions: undefined, maxAttempts: 2, answerMs: 60_000 };

const running = () => new AbortController().signal;

/** What every embedder promises whose model is elsewhere. */
export function remoteEmbedderContract(name: string, start: () => Promise<RemoteEmbedderUnderTest>): void {
  describe(`${name}: the promises of an embedder elsewhere`, () => {
    let server: FakeEmbedder;
    let open: OpenRemoteEmbedder;
    let embedder: Embedder;

    beforeAll(async () => {
      ({ server, open } = await start());
      embedder = await open(embedderOptions);
    });

    afterAll(() => server.close());

    const failing = async (faults: readonly EmbedderFault[], by = embedder) => {
      server.failNext(...faults);
      const before = server.batches.length;
      const error = await by.embed(['The secret of the old merchants of Lyon'], 'document', running()).then(
        () => undefined,
        (reason: unknown) => reason as Error,
      );
      server.failNext();
      return { error, requests: server.batches.length - before };
    };

    it.each<[EmbedderFault, new (...args: never[]) => Error]>([
      [{ refusal: 'throttled' }, ModelThrottled],
      [{ refusal: 'unavailable' }, ModelUnavailable],
      [{ wire: 'reset' }, ModelUnavailable],
      [{ wire: 'cut' }, ModelUnavailable],
      [{ wire: 'garbage' }, ModelUnavailable],
      [{ wire: 'fewer' }, ModelUnavailable],
      [{ wire: 'zeros' }, ModelUnavailable],
    ])('tries %j again, within bounds', async (fault, expected) => {
      expect(await failing([fault])).toEqual({ error: undefined, requests: 2 });
      const { error, requests } = await failing([fault, fault, fault]);
      expect(error).toBeInstanceOf(expected);
      expect(error).toMatchObject({ retryable: true, origin: { provider: embedder.provider } });
      expect(requests).toBe(2);
    });

    it.each<[EmbedderFault, new (...args: never[]) => Error]>([
      [{ refusal: 'denied' }, ModelAccessDenied],
      [{ refusal: 'invalid' }, ModelRequestInvalid],
      [{ refusal: 'unknown model' }, ModelRequestInvalid],
    ])('does not ask again after %j', async (fault, expected) => {
      const { error, requests } = await failing([fault, fault]);
      expect(error).toBeInstanceOf(expected);
      expect(requests).toBe(1);
    });

    it('waits as long as the provider asks, but not in vain', async () => {
      const began = performance.now();
      expect(await failing([{ refusal: 'throttled', retryAfterSeconds: 1 }])).toEqual({
        error: undefined,
        requests: 2,
      });
      expect(performance.now() - began).toBeGreaterThan(950);
      const { error, requests } = await failing([{ refusal: 'throttled', retryAfterSeconds: 600 }]);
      expect({ error, requests }).toMatchObject({ error: { origin: { retryAfterMs: 600_000 } }, requests: 1 });
    });

    it('takes no vectors of another length than those before', async () => {
      await embedder.embed(['first'], 'document', running());
      const { error } = await failing([{ wire: 'shorter' }, { wire: 'shorter' }]);
      expect(error).toBeInstanceOf(ModelUnavailable);
      expect(error?.message).toMatch(/dimensions rather than/);
    });

    it('R51: gives up a provider that never answers', async () => {
      const impatient = await open({ ...embedderOptions, answerMs: 200, maxAttempts: 1 });
      const { error } = await failing([{ wire: 'silence' }], impatient);
      expect(error).toBeInstanceOf(ModelFirstTokenLate);
      await until(async () => server.openCount === 0);
    });

    it('closes the connection when it is cancelled', async () => {
      server.failNext({ wire: 'silence' });
      const cancel = new AbortController();
      const before = server.batches.length;
      const call = embedder.embed(['text'], 'document', cancel.signal);
      await until(async () => server.batches.length > before);
      cancel.abort();
      await expect(call).rejects.toBeInstanceOf(ModelCancelled);
      await until(async () => server.openCount === 0);
    });

    it('sends few requests at once, each within the limits of the provider', async () => {
      server.mostAtOnce = 0;
      const texts = Array.from({ length: 400 }, (_, index) => `text ${index}`);
      expect(await embedder.embed(texts, 'document', running())).toHaveLength(400);
      expect(server.mostAtOnce).toBeGreaterThan(1);
      expect(server.mostAtOnce).toBeLessThanOrEqual(4);
    });

    it('repeats no text in errors and logs', async () => {
      const lines: string[] = [];
      const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
      const logging = await open({ ...embedderOptions, logger });
      const message = 'Bad input near "The secret of the old merchants of Lyon" at 1';
      for (const refusal of ['invalid', 'unavailable'] as const) {
        const { error } = await failing(
          [
            { refusal, message },
            { refusal, message },
          ],
          logging,
        );
        logger.error({ err: error }, 'It failed');
      }
      expect(lines.length).toBeGreaterThan(3);
      expect(lines.join('')).not.toMatch(/merchants|Lyon/);
    });
  });
}
