import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { byMeasure, type CountedMeasure, type Limits, type Measure } from './domain/measures.js';

/** A 64-bit integer; some databases give it as text. */
type LongInteger = number | string;

interface UsageTables {
  usage_counters: {
    workspace_id: string;
    measure: CountedMeasure;
    /** `all` or a month of UTC, such as `2026-11`. */
    period: string;
    /** Bytes, or millionths of a US dollar. */
    amount: LongInteger;
  };
  workspace_quotas: Record<Measure, LongInteger | null> & { workspace_id: string; version: number };
}

/** The quotas that somebody has set for one workspace; null where the service's own holds. */
export interface QuotasRow extends Limits {
  readonly workspace_id: string;
  readonly version: number;
}

interface CounterKey {
  readonly workspaceId: string;
  readonly measure: CountedMeasure;
  readonly period: string;
}

@Injectable()
export class UsageRepository {
  constructor(private readonly database: Database) {}

  /** Adds to a counter, or takes from it; returns what it has then. Whoever does the same meanwhile waits for the end of the transaction. */
  async add(
    transaction: DatabaseTransaction,
    { workspaceId, measure, period }: CounterKey,
    amount: number,
  ): Promise<number> {
    const counted = await this.tables(transaction)
      .insertInto('usage_counters')
      .values({ workspace_id: workspaceId, measure, period, amount })
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'measure', 'period'])
          .doUpdateSet(({ eb }) => ({ amount: eb('usage_counters.amount', '+', amount) })),
      )
      .returning('amount')
      .executeTakeFirstOrThrow();
    return Number(counted.amount);
  }

  async amount({ workspaceId, measure, period }: CounterKey): Promise<number> {
    const counted = await this.tables()
      .selectFrom('usage_counters')
      .select('amount')
      .where('workspace_id', '=', workspaceId)
      .where('measure', '=', measure)
      .where('period', '=', period)
      .executeTakeFirst();
    return Number(counted?.amount ?? 0);
  }

  /** Undefined while nobody has set any. */
  async quotas(workspaceId: string, transaction?: DatabaseTransaction): Promise<QuotasRow | undefined> {
    const row = await this.tables(transaction)
      .selectFrom('workspace_quotas')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirst();
    return row && { ...row, ...byMeasure((measure) => numberOf(row[measure])) };
  }

  /** Sets quotas in place of those of the version before; false when these are not the current ones any more. */
  async putQuotas(transaction: DatabaseTransaction, { workspace_id, ...quotas }: QuotasRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.tables(transaction)
      .insertInto('workspace_quotas')
      .values({ workspace_id, ...quotas })
      .onConflict((conflict) =>
        conflict
          .column('workspace_id')
          .doUpdateSet(quotas)
          .where('workspace_quotas.version', '=', quotas.version - 1),
      )
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  private tables(transaction?: DatabaseTransaction) {
    return (transaction ?? this.database).tables<UsageTables>();
  }
}

function numberOf(value: LongInteger | null): number | null {
  return value === null ? null : Number(value);
}
