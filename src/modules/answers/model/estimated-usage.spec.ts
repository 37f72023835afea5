import { describe, expect, it } from '@jest/globals';
import { estimatedUsage } from './estimated-usage.js';

describe('estimatedUsage', () => {
  it('counts a token for every four characters, in both directions', () => {
    const request = { system: [{ text: 'x'.repeat(400) }], tools: [], messages: [], parameters: {} };
    // The brackets of the two empty lists are characters, too.
    expect(estimatedUsage(request, 41)).toEqual({
      inputTokens: 101,
      outputTokens: 11,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
    });
  });
});
