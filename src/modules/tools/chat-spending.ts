import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import { type ItemKey, ItemStore } from '../../providers/item-store/item-store.js';
import { itemTable } from '../../providers/item-store/item-tables.js';
import { removePartition } from '../../providers/item-store/remove-partition.js';
import type { Caller } from '../access/caller.js';
import { UsageService } from '../usage/usage.service.js';
import { PurgeJob } from '../workspaces/purge.job.js';
import { BudgetExhausted, type BudgetLimit } from './errors.js';
import { TurnBudget, type TurnLimits, type TurnTaken } from './turn-budget.js';

interface DaysTokens {
  readonly workspace_id: string;
  /** The day in UTC, such as `2026-11-21`, and the user; without one, the whole workspace. */
  readonly spent_by: string;
  readonly tokens: number;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** Read by workspace, user and day. */
const daysTokensTable = itemTable<DaysTokens>({
  name: 'chat_tokens',
  partitionKey: 'workspace_id',
  sortKey: 'spent_by',
  expiresAt: 'expires',
  accesses: [
    { does: 'get', for: 'whether the day has tokens left, before an answer' },
    { does: 'update', for: 'counting the tokens of an answer' },
    { does: 'query', for: 'removal of a workspace' },
    { does: 'writeMany delete', for: 'removal of a workspace' },
  ],
});

interface Counter {
  readonly key: ItemKey<DaysTokens>;
  readonly limit: BudgetLimit;
  readonly maximum: number;
}

const daySeconds = 86_400;
const microdollars = 1_000_000;

type Spender = Pick<Caller, 'workspaceId' | 'userId'>;

/** What language models cost: counted for every user and workspace, and refused beyond their limits. */
@Injectable()
export class ChatSpending implements OnModuleInit {
  constructor(
    private readonly items: ItemStore,
    private readonly usage: UsageService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly purge: PurgeJob,
  ) {}

  onModuleInit(): void {
    this.purge.alsoRemove((workspaceId) => removePartition(this.items, daysTokensTable, workspaceId));
  }

  /**
   * A budget for an answer, or for the rest of one that has `taken` something; within the limits of an answer unless
   * others are given. Throws `BudgetExhausted` when the day's tokens are used up, and `QuotaExceeded` when the month's
   * dollars are.
   */
  async begin(caller: Spender, taken?: TurnTaken, limits: TurnLimits = this.turnLimits()): Promise<TurnBudget> {
    for (const { key, limit, maximum } of this.counters(caller)) {
      const spent = await this.items.get(daysTokensTable, key);
      if (maximum > 0 && (spent?.tokens ?? 0) >= maximum) throw new BudgetExhausted(limit, maximum);
    }
    await this.usage.refuse(caller.workspaceId, 'chat_usd', 1);
    return new TurnBudget(limits, taken);
  }

  /**
   * Counts an answer of a model; `usd` is null where the price is not known. It counts in any case; throws as `begin`
   * does, and for the turn's own limits, when no more may follow.
   */
  async spend(caller: Spender, budget: TurnBudget, tokens: number, usd: number | null): Promise<void> {
    const [exhausted] = await this.countTokens(caller, tokens);
    await this.countPrice(caller, usd ?? 0);
    budget.take(tokens, usd ?? 0);
    if (exhausted) throw exhausted;
    if (usd) await this.usage.refuse(caller.workspaceId, 'chat_usd', 1);
  }

  private turnLimits(): TurnLimits {
    const { toolCallsPerTurn: toolCalls, tokensPerTurn: tokens, usdPerTurn } = this.config;
    return { toolCalls, tokens, usd: usdPerTurn || null };
  }

  private async countTokens(caller: Spender, tokens: number): Promise<BudgetExhausted[]> {
    const exhausted: BudgetExhausted[] = [];
    const expires = Math.floor(this.clock.now().getTime() / 1000) + 3 * daySeconds;
    for (const { key, limit, maximum } of this.counters(caller)) {
      const total = await this.items.update(daysTokensTable, key, { add: { tokens }, set: { expires } });
      if (maximum > 0 && total.tokens > maximum) exhausted.push(new BudgetExhausted(limit, maximum));
    }
    return exhausted;
  }

  private async countPrice({ workspaceId }: Spender, usd: number): Promise<void> {
    const amount = Math.ceil(usd * microdollars);
    if (amount === 0) return;
    await this.database.transaction((transaction) => this.usage.count(transaction, workspaceId, 'chat_usd', amount));
  }

  private counters({ workspaceId: workspace_id, userId }: Spender): readonly Counter[] {
    const { tokensPerUserPerDay, tokensPerWorkspacePerDay } = this.config;
    const day = this.clock.now().toISOString().slice(0, 10);
    return [
      {
        key: { workspace_id, spent_by: `${day}#${userId}` },
        limit: 'tokens_per_user_per_day',
        maximum: tokensPerUserPerDay,
      },
      {
        key: { workspace_id, spent_by: day },
        limit: 'tokens_per_workspace_per_day',
        maximum: tokensPerWorkspacePerDay,
      },
    ];
  }
}
