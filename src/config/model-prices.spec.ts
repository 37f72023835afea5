import { describe, expect, it } from '@jest/globals';
import { parseModelPrices } from './model-prices.js';

describe('parseModelPrices', () => {
  it('reads prices with and without a cache', () => {
    const prices = parseModelPrices(' gpt-x = 2.5/10 , us.anthropic.claude-y-v1:0=3 / 15/0.3/3.75,');
    expect([...prices]).toEqual([
      ['gpt-x', { input: 2.5, output: 10 }],
      ['us.anthropic.claude-y-v1:0', { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 }],
    ]);
  });

  it('reads nothing for nothing', () => {
    expect(parseModelPrices('').size).toBe(0);
  });

  it.each(['gpt-x', 'gpt-x=2', '=2/3', 'gpt-x=2/3/4', 'gpt-x=2/x', 'gpt-x=1.2.3/4', 'gpt-x=-1/2', 'gpt-x=1/2/3/4/5'])(
    'refuses %s',
    (text) => {
      expect(() => parseModelPrices(text)).toThrow(`not "${text}"`);
    },
  );
});
