import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { UsageService } from '../usage/usage.service.js';
import { TooManyBytes } from './errors.js';
import { QueriesRepository } from './queries.repository.js';
import type { QueryEstimate } from './query.dto.js';

type Decision = Pick<QueryEstimate, 'decision' | 'reasons'>;

/** How much a query may read, and how many may run: what its author, the service and the workspace's quotas allow. */
@Injectable()
export class QueryAllowance implements OnModuleInit {
  constructor(
    private readonly usage: UsageService,
    private readonly queries: QueriesRepository,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.usage.readWith(
      'concurrent_queries',
      async (workspaceId) => (await this.queries.underWay(workspaceId)).running,
    );
    this.usage.readWith('bytes_scanned', async (workspaceId) => (await this.queries.underWay(workspaceId)).bytes);
  }

  /** Throws `TooManyBytes`, or `QuotaExceeded` when the workspace may not read so much more this month. */
  async refuseTooMuch(workspaceId: string, bytes: number, requested: number | undefined): Promise<void> {
    if (requested !== undefined && bytes > requested) throw new TooManyBytes(bytes, requested, 'max_bytes_scanned');
    const { queryRefuseBytes: limit } = this.config;
    if (bytes > limit) throw new TooManyBytes(bytes, limit, 'the service');
    await this.usage.refuse(workspaceId, 'bytes_scanned', bytes);
  }

  /** What would become of a query that reads so many bytes. */
  async decide(workspaceId: string, bytes: number): Promise<Decision> {
    const { queryRefuseBytes, queryAskBytes } = this.config;
    const more = (limit: number) => `It would read ${count(bytes)} bytes, more than ${count(limit)}.`;
    if (bytes > queryRefuseBytes) return { decision: 'refuse', reasons: [more(queryRefuseBytes)] };
    const exceeded = await this.usage.exceeded(workspaceId, 'bytes_scanned', bytes);
    if (exceeded) {
      const left = Math.max(0, exceeded.maximum - exceeded.used);
      const reason = `It would read ${count(bytes)} bytes, and of its quota of ${count(exceeded.maximum)} bytes for this month the workspace has ${count(left)} left.`;
      return { decision: 'refuse', reasons: [reason] };
    }
    if (bytes > queryAskBytes) return { decision: 'ask', reasons: [more(queryAskBytes)] };
    return { decision: 'allow', reasons: [] };
  }

  /** Queries of the workspace that may run at the same time. */
  async concurrent(workspaceId: string): Promise<number> {
    return (await this.usage.limits(workspaceId)).concurrent_queries ?? this.config.queryWorkers;
  }
}

function count(number: number): string {
  return number.toLocaleString('en');
}
