import { Injectable } from '@nestjs/common';
import { batches } from '../../platform/batches.js';
import type { SyncPage } from '../../providers/connectors/connector.js';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import type { Job } from '../../providers/job-queue/job-queue.js';
import { DocumentWriter, type SourceScope } from '../documents/document-writer.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { noCounts, plus, type Reached, type SyncCounts, type SyncUnderway } from './domain/sync-state.js';
import { SourceGone } from './errors.js';
import type { SyncPayload } from './sync-requests.js';
import { type SourceEvent, SyncsRepository } from './syncs.repository.js';
import { TableExportJob } from './table-export.job.js';

type SyncJobRow = Job<SyncPayload>;

/** The source is set up differently than the run that reads it thinks. */
export class SourceChanged extends Error {}

const eventsAtOnce = 50;
const documentsAtOnce = 200;
const removedAtOnce = 500;
/** Longer than any platform sends the same event again. */
const eventsKnownForMs = 7 * 24 * 3_600_000;

/** Every change that a run makes. Documents, counts and cursor change together, so that no death can part them. */
@Injectable()
export class SyncSteps {
  constructor(
    private readonly sources: SourcesRepository,
    private readonly syncs: SyncsRepository,
    private readonly documents: DocumentWriter,
    private readonly tables: TableExportJob,
    private readonly clock: Clock,
  ) {}

  /** Throws `SourceGone`. */
  async begin(transaction: DatabaseTransaction, job: SyncJobRow): Promise<SourceRow> {
    const source = await this.hold(transaction, job);
    const row = await this.syncs.find(scopeOf(job), job.job_id, transaction);
    const change = { state: 'running', error: null, started_at: row?.started_at ?? this.now() } as const;
    await this.syncs.change(transaction, scopeOf(job), job.job_id, { ...change, finished_at: null });
    return source;
  }

  /** The sync that is to be done now: one that was stopped before, else what has been asked for, else none. */
  async takeUp(transaction: DatabaseTransaction, job: SyncJobRow, version: number): Promise<SyncUnderway | undefined> {
    const source = await this.hold(transaction, job, version);
    const begun = source.sync === null ? undefined : (JSON.parse(source.sync) as SyncUnderway);
    if (source.pending_mode === null && !begun) return undefined;
    // Everything comes before what has changed, and what was begun goes on as long as it is enough.
    const isIncremental = source.pending_mode !== 'full' && source.position !== null;
    const goesOn = begun && (begun.mode === 'full' || isIncremental);
    const sync = goesOn ? begun : this.newSync(source, isIncremental);
    await this.sources.change(transaction, source, {
      pending_mode: null,
      sync: JSON.stringify(sync),
      ...(!goesOn && !isIncremental && { generation: source.generation + 1 }),
    });
    await this.syncs.change(transaction, scopeOf(job), job.job_id, { mode: sync.mode });
    return sync;
  }

  /** Keeps a page with the cursor behind it. */
  async keep(
    transaction: DatabaseTransaction,
    job: SyncJobRow,
    version: number,
    sync: SyncUnderway,
    { documents, deletions, cursor, done, progress }: SyncPage,
  ): Promise<SyncUnderway> {
    const source = await this.hold(transaction, job, version);
    const counts = await this.write(transaction, source, documents, deletions);
    const kept: SyncUnderway = { ...sync, cursor, stage: done ? 'sweeping' : 'reading' };
    await this.sources.change(transaction, source, { sync: JSON.stringify(kept) });
    await this.count(transaction, job, { ...counts, pages: 1 }, { progress, cursor });
    return kept;
  }

  /** Removes some of what a full sync did not meet; false when nothing was left. */
  async sweep(transaction: DatabaseTransaction, job: SyncJobRow, version: number): Promise<boolean> {
    const source = await this.hold(transaction, job, version);
    const removed = await this.documents.removeOlder(transaction, scopeOf(job), source.generation, removedAtOnce);
    if (removed > 0) await this.count(transaction, job, { removed });
    return removed === removedAtOnce;
  }

  /** The sync has read everything: the next one begins where it has ended. */
  async end(transaction: DatabaseTransaction, job: SyncJobRow, version: number, sync: SyncUnderway): Promise<void> {
    const source = await this.hold(transaction, job, version);
    const now = this.now();
    await this.sources.change(transaction, source, {
      sync: null,
      position: JSON.stringify(sync.cursor),
      last_synced_at: now,
      ...(sync.mode === 'full' && { last_full_sync_at: now }),
    });
    await this.tables.ask(transaction, source);
  }

  async events(transaction: DatabaseTransaction, job: SyncJobRow): Promise<SourceEvent[]> {
    return this.syncs.waiting(scopeOf(job), eventsAtOnce, transaction);
  }

  async follow(
    transaction: DatabaseTransaction,
    job: SyncJobRow,
    version: number,
    events: readonly SourceEvent[],
    { documents, deletions }: Pick<SyncPage, 'documents' | 'deletions'>,
  ): Promise<void> {
    const source = await this.hold(transaction, job, version);
    const counts = await this.write(transaction, source, documents, deletions);
    const ids = events.map(({ eventId }) => eventId);
    await this.syncs.handled(transaction, scopeOf(job), this.now(), ids);
    await this.count(transaction, job, { ...counts, events: events.length });
  }

  /** Ends the run, unless something has been asked for meanwhile: then it answers false and changes nothing. */
  async finish(transaction: DatabaseTransaction, job: SyncJobRow, version: number): Promise<boolean> {
    const source = await this.hold(transaction, job, version);
    const hasEvents = (await this.syncs.waiting(scopeOf(job), 1, transaction)).length > 0;
    if (source.pending_mode !== null || source.sync !== null || hasEvents) return false;
    const now = this.clock.now();
    const known = new Date(now.getTime() - eventsKnownForMs).toISOString();
    await this.syncs.forgetEvents(transaction, scopeOf(job), known);
    const end = { state: 'succeeded', finished_at: now.toISOString() } as const;
    await this.syncs.change(transaction, scopeOf(job), job.job_id, end);
    return true;
  }

  /**
   * The job failed for good or was cancelled. What was begun goes on with the next one. Webhooks that could not be followed
   * must not stand in its way: a full sync finds what they told of.
   */
  async fail(transaction: DatabaseTransaction, job: SyncJobRow): Promise<void> {
    const { error, state } = job;
    await this.syncs.change(transaction, scopeOf(job), job.job_id, {
      state: state === 'cancelled' ? 'cancelled' : 'failed',
      error: error === undefined ? null : JSON.stringify(error),
      finished_at: this.now(),
    });
    if (state === 'cancelled') return;
    const source = await this.sources.touch(transaction, keyOf(job));
    const givenUp = await this.syncs.handled(transaction, scopeOf(job), this.now());
    if (source && givenUp > 0) await this.sources.change(transaction, source, { pending_mode: 'full' });
  }

  private newSync({ position }: SourceRow, isIncremental: boolean): SyncUnderway {
    const begin = { stage: 'reading', started_at: this.now() } as const;
    if (!isIncremental || position === null) return { ...begin, mode: 'full' };
    return { ...begin, mode: 'incremental', cursor: JSON.parse(position) as NonNullable<SyncUnderway['cursor']> };
  }

  private async write(
    transaction: DatabaseTransaction,
    { workspace_id: workspaceId, source_id: sourceId, generation }: SourceRow,
    documents: SyncPage['documents'],
    deletions: SyncPage['deletions'],
  ): Promise<Partial<SyncCounts>> {
    const scope = { workspaceId, sourceId };
    let counts = noCounts;
    // The last one of several with the same id is the latest.
    const distinct = [...new Map(documents.map((document) => [document.externalId, document])).values()];
    for (const some of batches(distinct, documentsAtOnce))
      counts = plus(counts, await this.documents.put(transaction, scope, generation, some));
    for (const some of batches(deletions, documentsAtOnce))
      counts = plus(counts, { removed: await this.documents.remove(transaction, scope, some) });
    return counts;
  }

  private async count(
    transaction: DatabaseTransaction,
    job: SyncJobRow,
    more: Partial<SyncCounts>,
    reached?: Reached,
  ): Promise<void> {
    const row = await this.syncs.find(scopeOf(job), job.job_id, transaction);
    if (!row) return;
    await this.syncs.change(transaction, scopeOf(job), job.job_id, {
      counts: JSON.stringify(plus(JSON.parse(row.counts) as SyncCounts, more)),
      ...(reached && { reached: JSON.stringify(reached) }),
    });
  }

  /** The source as it is now, and nobody else changes it meanwhile. Throws `SourceGone` and `SourceChanged`. */
  private async hold(transaction: DatabaseTransaction, job: SyncJobRow, version?: number): Promise<SourceRow> {
    const source = await this.sources.touch(transaction, keyOf(job));
    if (!source) throw new SourceGone();
    if (version !== undefined && source.version !== version) throw new SourceChanged();
    return source;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function keyOf({ workspace_id, payload: { source_id } }: SyncJobRow) {
  return { workspace_id, source_id };
}

function scopeOf({ workspace_id: workspaceId, payload: { source_id: sourceId } }: SyncJobRow): SourceScope {
  return { workspaceId, sourceId };
}
