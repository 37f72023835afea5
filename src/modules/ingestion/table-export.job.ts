import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { type JobContext, type JobHandler, JobQueue, type NewJob } from '../../providers/job-queue/job-queue.js';
import { type DocumentRecord, DocumentWriter } from '../documents/document-writer.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { issueTable } from './domain/issue-table.js';
import { exportedTable } from './domain/shown.js';
import { SourceDataset } from './source-dataset.js';
import type { SyncPayload } from './sync-requests.js';

const recordsAtOnce = 1000;
/** Each publication is a version that is kept. */
const leastMsBetween = 3_600_000;

/** Keeps the data set of a source up to date, and takes it back when fewer people than before may see the source. */
@Injectable()
export class TableExportJob implements OnModuleInit, JobHandler<SyncPayload> {
  readonly kind = 'sources.tables';
  readonly concurrency = 2;
  readonly perWorkspace = 1;
  readonly maxAttempts = 8;

  constructor(
    private readonly jobs: JobQueue,
    private readonly sources: SourcesRepository,
    private readonly documents: DocumentWriter,
    private readonly dataset: SourceDataset,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  /** Asks for a publication: at once, or an hour after the one before. Those that ask meanwhile are served by it as well. */
  async ask(transaction: DatabaseTransaction, source: SourceRow): Promise<void> {
    if (source.tables === 0) return;
    const last = exportedTable(source)?.at;
    const runAt = last === undefined ? undefined : new Date(Date.parse(last) + leastMsBetween);
    const uniqueKey = `source-tables:${source.source_id}`;
    await this.jobs.enqueue({ ...this.jobFor(source), uniqueKey, ...(runAt && { runAt }) }, transaction);
  }

  /** For those who have changed what is to be there: a publication or its end, whatever else waits or runs. */
  async askAtOnce(transaction: DatabaseTransaction, source: SourceRow): Promise<void> {
    await this.jobs.enqueue(this.jobFor(source), transaction);
  }

  async run(context: JobContext<SyncPayload>): Promise<void> {
    const source = await this.find(context);
    if (!source) return;
    if (source.visibility !== 'workspace') {
      await this.dataset.withdraw(source);
      await context.complete((transaction) => this.sources.change(transaction, source, { exported: null }));
    } else if (source.tables === 1 && source.deleted_at === null) {
      await this.dataset.publish(source, issueTable(await this.records(source, context.signal)));
    }
  }

  private jobFor({ workspace_id: workspaceId, source_id }: SourceRow): NewJob<SyncPayload> {
    return { kind: this.kind, workspaceId, payload: { source_id } };
  }

  /** Also a source that was deleted right after it was made private. */
  private find(context: JobContext<SyncPayload>): Promise<SourceRow | undefined> {
    const { workspace_id: workspaceId, payload } = context.job;
    return context.transaction(
      async (within) =>
        (await this.sources.find(workspaceId, payload.source_id, within)) ??
        (await this.sources.findDeleted(workspaceId, payload.source_id, within)),
    );
  }

  private async records(source: SourceRow, signal: AbortSignal): Promise<DocumentRecord[]> {
    const scope = { workspaceId: source.workspace_id, sourceId: source.source_id };
    const records: DocumentRecord[] = [];
    for (let after: string | undefined, hasMore = true; hasMore;) {
      signal.throwIfAborted();
      const page = { kinds: ['issue', 'merge_request'] as const, limit: recordsAtOnce, ...(after && { after }) };
      const some = await this.documents.list(scope, page);
      records.push(...some);
      after = some.at(-1)?.externalId;
      hasMore = some.length === recordsAtOnce;
    }
    return records;
  }
}
