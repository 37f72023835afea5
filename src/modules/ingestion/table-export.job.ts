import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { type JobContext, type JobHandler, JobQueue } from '../../providers/job-queue/job-queue.js';
import type { Caller } from '../access/caller.js';
import { DatasetBusy, DatasetExists, DatasetNotFound } from '../datasets/errors.js';
import { SubmitService } from '../datasets/publishing/submit.service.js';
import { type DocumentRecord, DocumentWriter } from '../documents/document-writer.js';
import { ContractsService } from '../previews/contracts.service.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { UploadReceiver } from '../uploads/receiving/receiver.js';
import { issueTable, type IssueTable } from './domain/issue-table.js';
import { exportedTable, type ExportedTable } from './domain/shown.js';
import { suggestedName } from './domain/suggested-name.js';
import type { SyncPayload } from './sync-requests.js';

const recordsAtOnce = 1000;
/** Each publication is a version that is kept. */
const leastMsBetween = 3_600_000;

/** Publishes the issues and merge requests of a source as a data set, on the same way as files that people upload. */
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
    private readonly receiver: UploadReceiver,
    private readonly contracts: ContractsService,
    private readonly submissions: SubmitService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  /** Asks for a publication: at once, or an hour after the one before. Those that ask meanwhile are served by it as well. */
  async ask(transaction: DatabaseTransaction, source: SourceRow): Promise<void> {
    if (source.tables === 0) return;
    const last = exportedTable(source)?.at;
    const runAt = last === undefined ? undefined : new Date(Date.parse(last) + leastMsBetween);
    await this.jobs.enqueue<SyncPayload>(
      {
        kind: this.kind,
        workspaceId: source.workspace_id,
        payload: { source_id: source.source_id },
        uniqueKey: `source-tables:${source.source_id}`,
        ...(runAt && { runAt }),
      },
      transaction,
    );
  }

  async run(context: JobContext<SyncPayload>): Promise<void> {
    const { workspace_id: workspaceId, payload } = context.job;
    const source = await this.sources.find(workspaceId, payload.source_id);
    if (!source || source.tables === 0) return;
    const table = issueTable(await this.records(source, context.signal));
    const hash = hashOf(table);
    const before = exportedTable(source);
    if (before?.hash === hash || (before === undefined && table.rows === 0)) return;
    const dataset = await this.publish(source, table);
    const exported: ExportedTable = { dataset, hash, at: this.clock.now().toISOString() };
    await context.complete(async (transaction) => {
      await this.sources.change(transaction, source, { exported: JSON.stringify(exported) });
    });
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

  /** Answers the name of the data set: as before, or one that is free. */
  private async publish(source: SourceRow, table: IssueTable): Promise<string> {
    const caller = callerOf(source);
    const name = `${suggestedName(source.name).slice(0, 80)}_issues`;
    const names = [exportedTable(source)?.dataset ?? name, `${name}_${source.source_id.slice(-6)}`];
    const upload = await this.upload(caller, names[0]!, table);
    for (const dataset of new Set(names)) {
      const isOurs = dataset === exportedTable(source)?.dataset;
      const mode = isOurs ? 'replace' : 'create';
      try {
        await this.submissions.submit(caller, upload, { dataset, mode, crawl: true });
        return dataset;
      } catch (error) {
        if (error instanceof DatasetNotFound) {
          await this.submissions.submit(caller, upload, { dataset, mode: 'create', crawl: true });
          return dataset;
        }
        if (error instanceof DatasetBusy)
          throw new Error('The data set is being published just now.', { cause: error });
        if (!(error instanceof DatasetExists)) throw error;
      }
    }
    throw new Error(`There is no free name for the table of the source ${source.source_id}.`);
  }

  private async upload(caller: Caller, name: string, { columns, lines }: IssueTable): Promise<string> {
    const { upload_id: uploadId } = await this.receiver.receive(caller, {
      fileName: `${name}.csv`,
      stream: Readable.from(lines()),
      ended: () => Promise.resolve(),
      explain: (error) => error,
    });
    const typed = columns.map((column) => ({ source_name: column.name, ...column }));
    await this.contracts.put(caller, uploadId, { columns: typed });
    return uploadId;
  }
}

/** Whoever connected the source has put its tables into the workspace. */
function callerOf({ workspace_id: workspaceId, created_by: userId, source_id: id }: SourceRow): Caller {
  return {
    workspaceId,
    userId,
    administrator: false,
    credential: { kind: 'session', id },
    address: '',
    role: 'source',
    permissions: new Set(['uploads:write', 'datasets:write']),
    actingUnder: 'datasets:write',
  };
}

function hashOf({ lines }: IssueTable): string {
  const hash = createHash('sha256');
  for (const line of lines()) hash.update(line);
  return hash.digest('hex');
}
