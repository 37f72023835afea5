import { Injectable } from '@nestjs/common';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import { Database } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { type SyncMode, SourcesRepository } from '../sources/sources.repository.js';
import { SourceNotFound, SourcePaused } from './errors.js';
import { SourceSync, SourceSyncPage, SyncsQuery } from './source.dto.js';
import { SourceViews } from './source-views.js';
import { SyncRequests } from './sync-requests.js';
import { type SyncPosition, SyncsRepository } from './syncs.repository.js';

/** Asking for syncs, and what became of them. */
@Injectable()
export class SyncsService {
  constructor(
    private readonly database: Database,
    private readonly sources: SourcesRepository,
    private readonly syncs: SyncsRepository,
    private readonly requests: SyncRequests,
    private readonly views: SourceViews,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
  ) {}

  /** A run that waits or goes on already does it as well: then it is that one. Throws `SourcePaused`. */
  async request(caller: Caller, sourceId: string, mode: SyncMode = 'incremental'): Promise<SourceSync> {
    const { workspaceId } = caller;
    const jobId = await this.database.transaction(async (transaction) => {
      const source = await this.sources.find(workspaceId, sourceId, transaction);
      if (!source) throw new SourceNotFound(sourceId);
      if (source.paused === 1) throw new SourcePaused(source.name);
      await this.audit.recordChange(transaction, caller, 'source.sync_requested', sourceId, { mode });
      return this.requests.ask(transaction, source, { mode, trigger: 'manual' });
    });
    const row = await this.syncs.find({ workspaceId, sourceId }, jobId, this.database);
    return this.views.showSync(row!);
  }

  async list({ workspaceId }: Caller, sourceId: string, { limit, cursor }: SyncsQuery): Promise<SourceSyncPage> {
    if (!(await this.sources.find(workspaceId, sourceId))) throw new SourceNotFound(sourceId);
    const scope = `source-syncs/${workspaceId}/${sourceId}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<SyncPosition>(scope, cursor);
    const rows = await this.syncs.list({ workspaceId, sourceId }, limit + 1, after);
    const { items, next_cursor } = pageOf(
      rows,
      limit,
      (row) => this.views.showSync(row),
      ({ queued_at, job_id }) => this.cursors.encode(scope, { queued_at, job_id } satisfies SyncPosition),
    );
    return { items: await Promise.all(items), next_cursor };
  }
}
