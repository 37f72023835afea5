import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BudgetExhausted } from './errors.js';
import { TurnBudget } from './turn-budget.js';

const limits = { toolCalls: 3, tokens: 100, usd: 0.5 };
const limitOf = (work: () => void) => {
  try {
    work();
  } catch (error) {
    if (error instanceof BudgetExhausted) return [error.limit, error.maximum];
    throw error;
  }
  return undefined;
};

describe('TurnBudget', () => {
  it('R55: ends a loop of calls, and says which limit that was', () => {
    const budget = new TurnBudget(limits);
    const ends = Array.from({ length: 5 }, () => limitOf(() => budget.takeCall()));
    expect(ends).toEqual([undefined, undefined, undefined, ['tool_calls_per_turn', 3], ['tool_calls_per_turn', 3]]);
    expect(budget.taken.toolCalls).toBe(3);
  });

  it('R55: ends a flood of tokens, and what they cost', () => {
    const budget = new TurnBudget(limits);
    expect(limitOf(() => budget.take(100, 0.5))).toBeUndefined();
    expect(budget.tokensLeft).toBe(0);
    expect(limitOf(() => budget.take(1, 0))).toEqual(['tokens_per_turn', 100]);
    expect(limitOf(() => new TurnBudget(limits).take(1, 0.51))).toEqual(['usd_per_turn', 0.5]);
    expect(limitOf(() => new TurnBudget({ ...limits, usd: null }).take(1, 1e6))).toBeUndefined();
  });

  it('R55: takes no more, however often the answer is put aside and gone on with', () => {
    const step = fc.record({ calls: fc.nat(3), tokens: fc.nat(60), usd: fc.integer({ min: 0, max: 4 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        let budget = new TurnBudget(limits);
        let calls = 0;
        let tokens = 0;
        for (const each of steps) {
          budget = new TurnBudget(limits, JSON.parse(JSON.stringify(budget.taken)));
          for (let call = 0; call < each.calls; call += 1) if (!limitOf(() => budget.takeCall())) calls += 1;
          tokens += each.tokens;
          const refused = limitOf(() => budget.take(each.tokens, each.usd / 8)) !== undefined;
          expect(refused).toBe(budget.taken.tokens > limits.tokens || budget.taken.usd > limits.usd);
        }
        expect(calls).toBeLessThanOrEqual(limits.toolCalls);
        expect(budget.taken).toMatchObject({ toolCalls: calls, tokens });
      }),
    );
  });
});
