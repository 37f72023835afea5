import { describe, expect, it } from '@jest/globals';
import { costUsd } from './prices.js';

const usage = { inputTokens: 1000, outputTokens: 200, cacheReadTokens: 0, cacheWriteTokens: 0 };

describe('costUsd', () => {
  it('multiplies tokens by their prices', () => {
    expect(costUsd(usage, { input: 3, output: 15 })).toBe(0.006);
    const cached = { ...usage, cacheReadTokens: 10_000, cacheWriteTokens: 4000 };
    expect(costUsd(cached, { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 })).toBe(0.024);
  });

  it('is unknown where a price is', () => {
    expect(costUsd(usage, undefined)).toBeNull();
    expect(costUsd({ ...usage, cacheReadTokens: 1 }, { input: 3, output: 15 })).toBeNull();
  });

  it('is nothing for nothing, and for a model of one’s own', () => {
    expect(costUsd({ inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }, undefined)).toBe(0);
    expect(costUsd(usage, { input: 0, output: 0 })).toBe(0);
  });
});
