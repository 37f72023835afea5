import type { ModelPrice } from '../../config/model-prices.js';
import type { TokenUsage } from './language-model.js';

/** What an answer cost in US dollars; null where a price that it takes is not known. */
export function costUsd(usage: TokenUsage, price: ModelPrice | undefined): number | null {
  const parts = [
    [usage.inputTokens, price?.input],
    [usage.outputTokens, price?.output],
    [usage.cacheReadTokens, price?.cacheRead],
    [usage.cacheWriteTokens, price?.cacheWrite],
  ] as const;
  let cost = 0;
  for (const [tokens, dollars] of parts) {
    if (tokens === 0) continue;
    if (dollars === undefined) return null;
    cost += tokens * dollars;
  }
  return cost / 1e6;
}
