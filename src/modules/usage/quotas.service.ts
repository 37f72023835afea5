import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { refuseOtherVersion, VersionConflict } from '../../platform/versions/entity-tag.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import {
  byMeasure,
  type Limits,
  type Measure,
  measures,
  microdollars,
  shownAmount,
  storedAmount,
} from './domain/measures.js';
import { QuotaAboveMaximum } from './errors.js';
import { Quotas, QuotaValues } from './usage.dto.js';
import { type QuotasRow, UsageRepository } from './usage.repository.js';

/** Quotas with the version that their ETag names. */
export interface VersionedQuotas {
  readonly quotas: Quotas;
  readonly version: number;
}

/** How much a workspace may use: what was set for it, else as much as the service allows everybody. */
@Injectable()
export class QuotasService {
  /** What holds for every workspace without quotas of its own, and what its owners may set at most. */
  private readonly service: Limits;

  constructor(
    private readonly usage: UsageRepository,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly config: Config,
  ) {
    this.service = {
      bytes_stored: config.quotaBytesStored || null,
      bytes_scanned: config.quotaBytesScannedPerMonth || null,
      concurrent_queries: Math.min(config.quotaConcurrentQueries || Infinity, config.queryWorkers),
      chat_usd: Math.round(config.quotaChatUsdPerMonth * microdollars) || null,
    };
  }

  /** What holds for the workspace now; amounts as they are counted. */
  async effective(workspaceId: string, transaction?: DatabaseTransaction): Promise<Limits> {
    const own = await this.usage.quotas(workspaceId, transaction);
    const limits = byMeasure((measure) => own?.[measure] ?? this.service[measure]);
    return { ...limits, concurrent_queries: Math.min(limits.concurrent_queries ?? Infinity, this.config.queryWorkers) };
  }

  async get({ workspaceId }: Caller): Promise<VersionedQuotas> {
    return this.shown(await this.usage.quotas(workspaceId));
  }

  /**
   * Sets all quotas of the workspace. Throws `QuotaAboveMaximum` where somebody who does not administer the service asks
   * for more than that allows and than there was; `VersionConflict`.
   */
  async put(caller: Caller, values: QuotaValues, ifMatch: string | undefined): Promise<VersionedQuotas> {
    const { workspaceId } = caller;
    const wanted = byMeasure((measure) => stored(measure, values[measure]));
    return this.database.transaction(async (transaction) => {
      const current = await this.usage.quotas(workspaceId, transaction);
      const version = current?.version ?? 0;
      refuseOtherVersion(ifMatch, version);
      if (!caller.administrator) this.refuseAboveMaximum(wanted, current);
      const row: QuotasRow = { ...wanted, workspace_id: workspaceId, version: version + 1 };
      if (!(await this.usage.putQuotas(transaction, row))) throw new VersionConflict(version + 1);
      const detail = { ...values };
      await this.audit.record(
        { ...caller, action: 'quotas.changed', object: workspaceId, outcome: 'allowed', detail },
        transaction,
      );
      return this.shown(row);
    });
  }

  /** What an administrator of the service has granted may be kept, or given back in part. */
  private refuseAboveMaximum(wanted: Limits, current: QuotasRow | undefined): void {
    const refused = measures.flatMap((measure) => {
      const maximum = this.service[measure];
      const granted = Math.max(maximum ?? Infinity, current?.[measure] ?? 0);
      return maximum !== null && (wanted[measure] ?? 0) > granted ? [{ measure, maximum }] : [];
    });
    if (refused.length > 0) throw new QuotaAboveMaximum(refused);
  }

  private shown(own: QuotasRow | undefined): VersionedQuotas {
    const service = byMeasure((measure) => shown(measure, this.service[measure]));
    const quotas = { ...byMeasure((measure) => shown(measure, own?.[measure] ?? null)), service };
    return { quotas, version: own?.version ?? 0 };
  }
}

function shown(measure: Measure, amount: number | null): number | null {
  return amount === null ? null : shownAmount(measure, amount);
}

function stored(measure: Measure, amount: number | null | undefined): number | null {
  return amount === null || amount === undefined ? null : storedAmount(measure, amount);
}
