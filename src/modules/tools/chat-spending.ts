import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import { ItemStore, type ItemTable } from '../../providers/item-store/item-store.js';
import type { Caller } from '../access/caller.js';
import { UsageService } from '../usage/usage.service.js';
import { BudgetExhausted, type BudgetLimit } from './errors.js';
import { TurnBudget, type TurnTaken } from './turn-budget.js';

interface DaysTokens {
  /** A workspace, or a workspace and one of its users. */
  readonly spender: string;
  /** `2026-11-21`, of UTC. */
  readonly day: string;
  readonly tokens: number;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** Read by spender and day. */
const daysTokensTable: ItemTable<DaysTokens> = {
  name: 'chat_tokens',
  partitionKey: 'spender',
  sortKey: 'day',
  expiresAt: 'expires',
};

const daySeconds = 86_400;
const microdollars = 1_000_000;

type Spender = Pick<Caller, 'workspaceId' | 'userId'>;

/** What language models cost: counted for every user and workspace, and refused beyond their limits. */
@Injectable()
export class ChatSpending {
  constructor(
    private readonly items: ItemStore,
    private readonly usage: UsageService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * A budget for an answer, or for the rest of one that has `taken` something. Throws `BudgetExhausted` when the day's
   * tokens are used up, and `QuotaExceeded` when the month's dollars are.
   */
  async begin(caller: Spender, taken?: TurnTaken): Promise<TurnBudget> {
    const { toolCallsPerTurn: toolCalls, tokensPerTurn: tokens, usdPerTurn } = this.config;
    for (const { spender, limit, maximum } of this.spenders(caller)) {
      const spent = await this.items.get(daysTokensTable, { spender, day: this.today() });
      if (maximum > 0 && (spent?.tokens ?? 0) >= maximum) throw new BudgetExhausted(limit, maximum);
    }
    await this.usage.refuse(caller.workspaceId, 'chat_usd', 1);
    return new TurnBudget({ toolCalls, tokens, usd: usdPerTurn || null }, taken);
  }

  /**
   * Counts an answer of a model; `usd` is null where the price is not known. It counts in any case; throws as `begin`
   * does, and for the turn's own limits, when no more may follow.
   */
  async spend(caller: Spender, budget: TurnBudget, tokens: number, usd: number | null): Promise<void> {
    const exhausted = [...(await this.countTokens(caller, tokens))];
    await this.countPrice(caller, usd ?? 0);
    budget.take(tokens, usd ?? 0);
    const [first] = exhausted;
    if (first) throw first;
    if (usd) await this.usage.refuse(caller.workspaceId, 'chat_usd', 1);
  }

  private async countTokens(caller: Spender, tokens: number): Promise<BudgetExhausted[]> {
    const exhausted: BudgetExhausted[] = [];
    const day = this.today();
    const expires = Math.floor(this.clock.now().getTime() / 1000) + 3 * daySeconds;
    for (const { spender, limit, maximum } of this.spenders(caller)) {
      const total = await this.items.update(daysTokensTable, { spender, day }, { add: { tokens }, set: { expires } });
      if (maximum > 0 && total.tokens > maximum) exhausted.push(new BudgetExhausted(limit, maximum));
    }
    return exhausted;
  }

  private async countPrice({ workspaceId }: Spender, usd: number): Promise<void> {
    const amount = Math.ceil(usd * microdollars);
    if (amount === 0) return;
    await this.database.transaction((transaction) => this.usage.count(transaction, workspaceId, 'chat_usd', amount));
  }

  private spenders({
    workspaceId,
    userId,
  }: Spender): readonly { spender: string; limit: BudgetLimit; maximum: number }[] {
    const { tokensPerUserPerDay, tokensPerWorkspacePerDay } = this.config;
    return [
      { spender: `${workspaceId}#${userId}`, limit: 'tokens_per_user_per_day', maximum: tokensPerUserPerDay },
      { spender: workspaceId, limit: 'tokens_per_workspace_per_day', maximum: tokensPerWorkspacePerDay },
    ];
  }

  private today(): string {
    return this.clock.now().toISOString().slice(0, 10);
  }
}
