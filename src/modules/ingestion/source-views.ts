import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../providers/clock/clock.js';
import { JobQueue } from '../../providers/job-queue/job-queue.js';
import { DocumentWriter } from '../documents/document-writer.js';
import type { SourceRow } from '../sources/sources.repository.js';
import { shownSource, shownSync } from './domain/shown.js';
import type { Source, SourceSync } from './source.dto.js';
import { type SyncRow, SyncsRepository } from './syncs.repository.js';

/** Sources and syncs as people see them. */
@Injectable()
export class SourceViews {
  constructor(
    private readonly syncs: SyncsRepository,
    private readonly documents: DocumentWriter,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async show(row: SourceRow): Promise<Source> {
    const scope = { workspaceId: row.workspace_id, sourceId: row.source_id };
    const [latest] = await this.syncs.list(scope, 1);
    return shownSource(row, {
      documents: await this.documents.count(scope),
      lastSync: latest && (await this.showSync(latest)),
      now: this.clock.now(),
      graceDays: this.config.sourceGraceDays,
    });
  }

  async showSync(row: SyncRow): Promise<SourceSync> {
    const job = row.finished_at === null ? await this.jobs.get(row.workspace_id, row.job_id) : undefined;
    return shownSync(row, job, this.clock.now());
  }
}
