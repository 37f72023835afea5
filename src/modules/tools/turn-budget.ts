import { BudgetExhausted, type BudgetLimit } from './errors.js';

/** What one answer may take at most; null where there is no limit. */
export interface TurnLimits {
  readonly toolCalls: number;
  readonly tokens: number;
  readonly usd: number | null;
}

/** What it has taken so far. */
export interface TurnTaken {
  readonly toolCalls: number;
  readonly tokens: number;
  readonly usd: number;
}

const nothing: TurnTaken = { toolCalls: 0, tokens: 0, usd: 0 };

/**
 * What is left for one answer. `taken` is plain JSON: an answer that waits for its user stores it, and goes on with a
 * budget that has it. Throws `BudgetExhausted` with the limit.
 */
export class TurnBudget {
  taken: TurnTaken;

  constructor(
    readonly limits: TurnLimits,
    taken: TurnTaken = nothing,
  ) {
    this.taken = taken;
  }

  /** Before a tool is called: throws, without counting it, when this call is one too many. */
  takeCall(): void {
    const { toolCalls } = this.taken;
    if (toolCalls >= this.limits.toolCalls) throw new BudgetExhausted('tool_calls_per_turn', this.limits.toolCalls);
    this.taken = { ...this.taken, toolCalls: toolCalls + 1 };
  }

  /** After a model has answered: what was used counts in any case, and throws when it was too much. */
  take(tokens: number, usd: number): void {
    this.taken = { ...this.taken, tokens: this.taken.tokens + tokens, usd: this.taken.usd + usd };
    const { limits, taken } = this;
    this.refuse('tokens_per_turn', taken.tokens > limits.tokens, limits.tokens);
    this.refuse('usd_per_turn', limits.usd !== null && taken.usd > limits.usd, limits.usd ?? 0);
  }

  /** Tokens that may still be used: the most to ask a model for. At least 0. */
  get tokensLeft(): number {
    return Math.max(0, this.limits.tokens - this.taken.tokens);
  }

  private refuse(limit: BudgetLimit, isExhausted: boolean, maximum: number): void {
    if (isExhausted) throw new BudgetExhausted(limit, maximum);
  }
}
