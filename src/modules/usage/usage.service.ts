import { Injectable } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import {
  type CountedMeasure,
  type Limits,
  type Measure,
  measures,
  periodOf,
  resetsAt,
  shownAmount,
  units,
} from './domain/measures.js';
import { QuotaExceeded, type QuotaState, StorageQuotaExceeded } from './errors.js';
import { QuotasService } from './quotas.service.js';
import { MeasuredUsage, WorkspaceUsage } from './usage.dto.js';
import { UsageRepository } from './usage.repository.js';

/** How much of something a workspace uses at this moment, beyond what is counted. */
export type UsageReader = (workspaceId: string) => Promise<number>;

/** Counts what workspaces use, in the transaction that uses it, and refuses what is more than they may. */
@Injectable()
export class UsageService {
  private readonly readers = new Map<Measure, UsageReader>();

  constructor(
    private readonly usage: UsageRepository,
    private readonly quotas: QuotasService,
    private readonly clock: Clock,
  ) {}

  /** Whoever has begun to use something that is counted only at its end says how much that is. Called at start. */
  readWith(measure: Measure, reader: UsageReader): void {
    this.readers.set(measure, reader);
  }

  /** What the workspace may use at most; amounts as they are counted, null where there is no limit. */
  limits(workspaceId: string): Promise<Limits> {
    return this.quotas.effective(workspaceId);
  }

  /** Adds to what the workspace uses, or takes from it, whatever its quota is. */
  async count(
    transaction: DatabaseTransaction,
    workspaceId: string,
    measure: CountedMeasure,
    amount: number,
  ): Promise<void> {
    if (amount !== 0) await this.usage.add(transaction, this.keyOf(workspaceId, measure), amount);
  }

  /** Adds to what the workspace stores. Throws `StorageQuotaExceeded`, which undoes the transaction, when that is too much. */
  async store(transaction: DatabaseTransaction, workspaceId: string, bytes: number): Promise<void> {
    const measure = 'bytes_stored';
    const { [measure]: maximum } = await this.quotas.effective(workspaceId, transaction);
    const total = await this.usage.add(transaction, this.keyOf(workspaceId, measure), bytes);
    if (maximum === null || bytes === 0 || total <= maximum) return;
    throw new StorageQuotaExceeded(this.state(measure, { used: total - bytes, maximum, needed: bytes }));
  }

  /** Throws `StorageQuotaExceeded` when the workspace may not store so many bytes more. */
  async refuseToStore(workspaceId: string, bytes: number): Promise<void> {
    const exceeded = await this.exceeded(workspaceId, 'bytes_stored', bytes);
    if (exceeded) throw new StorageQuotaExceeded(exceeded);
  }

  /** Bytes that the workspace may still store, and what to throw when more of them come; undefined when there is no limit. */
  async roomToStore(workspaceId: string): Promise<{ bytes: number; exceeded: () => Error } | undefined> {
    const measure = 'bytes_stored';
    const { [measure]: maximum } = await this.quotas.effective(workspaceId);
    if (maximum === null) return undefined;
    const used = await this.used(workspaceId, measure);
    const bytes = Math.max(0, maximum - used);
    return {
      bytes,
      exceeded: () => new StorageQuotaExceeded(this.state(measure, { used, maximum, needed: bytes + 1 })),
    };
  }

  /** Throws `QuotaExceeded` when the workspace may not use so much more. */
  async refuse(workspaceId: string, measure: CountedMeasure, amount: number): Promise<void> {
    const exceeded = await this.exceeded(workspaceId, measure, amount);
    if (exceeded) throw new QuotaExceeded(exceeded);
  }

  /** What stands against using so much more; undefined when nothing does. */
  async exceeded(workspaceId: string, measure: CountedMeasure, amount: number): Promise<QuotaState | undefined> {
    const { [measure]: maximum } = await this.quotas.effective(workspaceId);
    if (maximum === null || amount === 0) return undefined;
    const used = await this.used(workspaceId, measure);
    return used + amount > maximum ? this.state(measure, { used, maximum, needed: amount }) : undefined;
  }

  async show(workspaceId: string): Promise<WorkspaceUsage> {
    const limits = await this.quotas.effective(workspaceId);
    return {
      measures: await Promise.all(measures.map((measure) => this.shown(workspaceId, measure, limits[measure]))),
    };
  }

  private async shown(workspaceId: string, measure: Measure, maximum: number | null): Promise<MeasuredUsage> {
    const now = this.clock.now();
    const used = await this.used(workspaceId, measure);
    return {
      measure,
      unit: units[measure],
      period: periodOf(measure, now),
      used: shownAmount(measure, used),
      maximum: maximum === null ? null : shownAmount(measure, maximum),
      fraction: maximum === null ? null : fraction(used, maximum),
      resets_at: resetsAt(measure, now),
    };
  }

  private async used(workspaceId: string, measure: Measure): Promise<number> {
    const counted = measure === 'concurrent_queries' ? 0 : await this.usage.amount(this.keyOf(workspaceId, measure));
    return counted + ((await this.readers.get(measure)?.(workspaceId)) ?? 0);
  }

  private state(measure: Measure, amounts: Pick<QuotaState, 'used' | 'maximum' | 'needed'>): QuotaState {
    return { measure, ...amounts, resetsAt: resetsAt(measure, this.clock.now()) };
  }

  private keyOf(workspaceId: string, measure: CountedMeasure) {
    return { workspaceId, measure, period: periodOf(measure, this.clock.now()) };
  }
}

/** Rounded to a hundredth of a percent; more than 1 when the quota was lowered. */
function fraction(used: number, maximum: number): number {
  return maximum === 0 ? 1 : Math.round((used / maximum) * 10_000) / 10_000;
}
