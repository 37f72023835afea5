import { Injectable } from '@nestjs/common';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { JobQueue } from '../../providers/job-queue/job-queue.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { StoredTables } from '../tables/stored-tables.js';
import { Crawl, CrawlPage, CrawlsQuery } from './crawl.dto.js';
import { CrawlLifecycle } from './crawl-lifecycle.js';
import { type CrawlPosition, type CrawlRow, CrawlsRepository } from './crawls.repository.js';
import { jobOf, shown } from './domain/shown.js';
import { CrawlNotFound, NothingToCrawl } from './errors.js';

@Injectable()
export class CrawlsService {
  constructor(
    private readonly database: Database,
    private readonly crawls: CrawlsRepository,
    private readonly lifecycle: CrawlLifecycle,
    private readonly stored: StoredTables,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
  ) {}

  /** Starts a crawl, or attaches to the one that the data set has already. */
  async start(caller: Caller, dataset: string): Promise<Crawl> {
    const row = await this.database.transaction((transaction) => this.startOnce(transaction, caller, dataset));
    return this.show(row);
  }

  async list({ workspaceId }: Caller, { limit, cursor, dataset, state }: CrawlsQuery): Promise<CrawlPage> {
    const scope = `crawls/${workspaceId}/${JSON.stringify([dataset, state])}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<CrawlPosition>(scope, cursor);
    const rows = await this.crawls.list({ workspaceId, dataset, state, limit: limit + 1, after });
    const { items, next_cursor } = pageOf(
      rows,
      limit,
      (row) => this.show(row),
      ({ queued_at, crawl_id }) => this.cursors.encode(scope, { queued_at, crawl_id } satisfies CrawlPosition),
    );
    return { items: await Promise.all(items), next_cursor };
  }

  async get({ workspaceId }: Caller, crawlId: string): Promise<Crawl> {
    return this.show(await this.find(workspaceId, crawlId));
  }

  /** Tells a crawl, with the conversion before it, to stop. One that has ended stays as it is. */
  async stop(caller: Caller, crawlId: string): Promise<Crawl> {
    const { workspaceId } = caller;
    let crawl = await this.find(workspaceId, crawlId);
    await this.audit.record({ ...caller, action: 'crawl.stopped', object: crawlId, outcome: 'allowed' });
    for (let cancelled: string | undefined; crawl.finished_at === null && cancelled !== jobOf(crawl);) {
      cancelled = jobOf(crawl);
      await this.crawls.change(workspaceId, crawlId, ['queued', 'running'], { state: 'stopping' });
      await this.jobs.cancel(workspaceId, cancelled);
      // The conversion may have ended just before, and the crawl proper begun.
      crawl = await this.find(workspaceId, crawlId);
    }
    return this.show(crawl);
  }

  private async startOnce(transaction: DatabaseTransaction, caller: Caller, dataset: string): Promise<CrawlRow> {
    const { workspaceId, userId } = caller;
    const active = await this.lifecycle.active(transaction, workspaceId, dataset);
    if (active) return active;
    if (!(await this.stored.find(workspaceId, dataset, transaction))) throw new NothingToCrawl(dataset);
    const crawl = await this.lifecycle.create(transaction, { workspaceId, dataset, userId });
    const { crawl_id: object } = crawl;
    await this.audit.record(
      { ...caller, action: 'crawl.started', object, outcome: 'allowed', detail: { dataset } },
      transaction,
    );
    return crawl;
  }

  private async find(workspaceId: string, crawlId: string): Promise<CrawlRow> {
    const crawl = await this.crawls.find(workspaceId, crawlId);
    if (!crawl) throw new CrawlNotFound(crawlId);
    return crawl;
  }

  private async show(row: CrawlRow): Promise<Crawl> {
    const job = row.finished_at === null ? await this.jobs.get(row.workspace_id, jobOf(row)) : undefined;
    return shown(row, job);
  }
}
