import { type Selectable, sql } from 'kysely';
import { newId } from '../../../platform/ids.js';
import type { Clock } from '../../clock/clock.js';
import type { Database, DatabaseTransaction } from '../../database/database.js';
import { type Job, type JobError, type JobFilter, type JobState, LeaseLost, type NewJob } from '../job-queue.js';
import { type Claim, type JobRow, type JobTables, toJob } from './job-tables.js';

type Row = Selectable<JobRow>;

/** Where a job goes, what is written with it, and the event that tells of it. */
interface Step {
  readonly state: JobState;
  readonly set?: Partial<Row>;
  readonly event: string;
  readonly data?: unknown;
}

export interface JobWatchers {
  /** Called after the commit with each job that changed. */
  changed(jobId: string): void;
  /** Called with each job that is put into the queue, in the transaction that does it. */
  queued(transaction: DatabaseTransaction, job: Job): Promise<void>;
}

/**
 * The rows of jobs. Every change of state is one conditional update together with its event, in the caller's
 * transaction: from a state in which the step is not legal, it changes nothing.
 */
export class JobStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly watchers: JobWatchers,
  ) {}

  /** The active job with the same unique key, or else a new one. */
  async insert(transaction: DatabaseTransaction, job: NewJob, maxAttempts: number): Promise<Job> {
    const active = job.uniqueKey && (await this.active(transaction, job.workspaceId, job.uniqueKey));
    if (active) return toJob(active);
    const now = this.clock.now();
    const row: Row = {
      job_id: newId('job', now.getTime()),
      workspace_id: job.workspaceId,
      kind: job.kind,
      payload: JSON.stringify(job.payload ?? null),
      state: 'queued',
      attempts: 0,
      max_attempts: maxAttempts,
      dead: 0,
      cancel_requested: 0,
      unique_key: job.uniqueKey ?? null,
      progress: null,
      error: null,
      token: 0,
      heartbeat: 0,
      last_seq: 1,
      events_trimmed: 0,
      not_before: job.runAt && job.runAt > now ? job.runAt.toISOString() : null,
      created_at: now.toISOString(),
      started_at: null,
      finished_at: null,
    };
    await transaction.tables<JobTables>().insertInto('jobs').values(row).execute();
    await this.addEvent(transaction, row, 'queued', {});
    const queued = toJob(row);
    await this.watchers.queued(transaction, queued);
    return queued;
  }

  async get(workspaceId: string, jobId: string, transaction?: DatabaseTransaction): Promise<Job | undefined> {
    const row = await (transaction ?? this.database)
      .tables<JobTables>()
      .selectFrom('jobs')
      .selectAll()
      .where('job_id', '=', jobId)
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirst();
    return row && toJob(row);
  }

  async list(filter: JobFilter): Promise<readonly Job[]> {
    const { workspaceId, kind, state, after } = filter;
    let query = this.tables().selectFrom('jobs').selectAll().where('workspace_id', '=', workspaceId);
    if (kind !== undefined) query = query.where('kind', '=', kind);
    if (state !== undefined) query = query.where('state', '=', state);
    if (after) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('created_at', 'job_id'), '<', tuple(after.created_at, after.job_id)),
      );
    }
    const rows = await query.orderBy('created_at', 'desc').orderBy('job_id', 'desc').limit(filter.limit).execute();
    return rows.map(toJob);
  }

  /**
   * Starts a queued job, unless the workspace has `perWorkspace` of its kind running. The token is new: every earlier run
   * has lost its right.
   */
  async claim(
    transaction: DatabaseTransaction,
    jobId: string,
    perWorkspace?: number,
  ): Promise<(Claim & { job: Job }) | undefined> {
    const queued = await this.row(transaction, jobId);
    if (perWorkspace !== undefined && (await this.countRunning(transaction, queued)) >= perWorkspace) return undefined;
    const attempt = queued.attempts + 1;
    const row = await this.step(transaction, { jobId }, 'queued', {
      state: 'running',
      set: {
        token: queued.token + 1,
        attempts: attempt,
        error: null,
        started_at: this.clock.now().toISOString(),
      },
      event: 'started',
      data: { attempt },
    });
    if (!row) return undefined;
    await this.countTurn(transaction, row);
    return { jobId, token: row.token, job: toJob(row) };
  }

  /** Rejects with `LeaseLost` unless the run still owns its job; holds the row until the transaction ends. */
  async confirm(transaction: DatabaseTransaction, claim: Claim): Promise<Row> {
    const row = await transaction
      .tables<JobTables>()
      .updateTable('jobs')
      .set({ heartbeat: sql`heartbeat + 1` })
      .where('job_id', '=', claim.jobId)
      .where('token', '=', claim.token)
      .where('state', '=', 'running')
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new LeaseLost('Another run has taken the job over, or it has ended.');
    return row;
  }

  async progress(transaction: DatabaseTransaction, claim: Claim, progress: unknown): Promise<void> {
    const set = { progress: JSON.stringify(progress ?? null) };
    await this.step(transaction, claim, 'running', { state: 'running', set, event: 'progress', data: progress });
  }

  succeed(transaction: DatabaseTransaction, claim: Claim): Promise<Row | undefined> {
    const set = this.ending({ error: null });
    return this.step(transaction, claim, 'running', { state: 'succeeded', set, event: 'succeeded' });
  }

  fail(transaction: DatabaseTransaction, claim: Claim, error: JobError): Promise<Row | undefined> {
    const set = this.ending({ dead: 1, error: JSON.stringify(error) });
    return this.step(transaction, claim, 'running', { state: 'failed', set, event: 'failed', data: error });
  }

  /** `from` is `queued` when nobody has begun, or `running` with the claim of the run that stops. */
  cancel(transaction: DatabaseTransaction, job: { jobId: string; token?: number }, from: 'queued' | 'running') {
    const set = this.ending({ cancel_requested: 1, error: null });
    return this.step(transaction, job, from, { state: 'cancelled', set, event: 'cancelled' });
  }

  requeue(transaction: DatabaseTransaction, claim: Claim, set: Partial<Row>, event: string, data: unknown) {
    return this.step(transaction, claim, 'running', { state: 'queued', set, event, data });
  }

  async requestCancel(transaction: DatabaseTransaction, jobId: string): Promise<void> {
    await transaction
      .tables<JobTables>()
      .updateTable('jobs')
      .set({ cancel_requested: 1 })
      .where('job_id', '=', jobId)
      .where('state', '=', 'running')
      .execute();
  }

  /** Begins an ended job anew. Undefined when another job with its unique key has taken its place. */
  async restart(transaction: DatabaseTransaction, job: Job): Promise<Row | undefined> {
    const { unique_key: uniqueKey } = await this.row(transaction, job.job_id);
    if (uniqueKey !== null && (await this.active(transaction, job.workspace_id, uniqueKey))) return undefined;
    const set = { attempts: 0, dead: 0, cancel_requested: 0, progress: null, error: null, events_trimmed: 0 };
    return this.step(transaction, { jobId: job.job_id }, job.state, {
      state: 'queued',
      set: { ...set, not_before: null, started_at: null, finished_at: null },
      event: 'queued',
    });
  }

  private async step(
    transaction: DatabaseTransaction,
    job: { readonly jobId: string; readonly token?: number },
    from: JobState,
    { state, set, event, data }: Step,
  ): Promise<Row | undefined> {
    let update = transaction
      .tables<JobTables>()
      .updateTable('jobs')
      .set({ ...set, state, last_seq: sql`last_seq + 1` })
      .where('job_id', '=', job.jobId)
      .where('state', '=', from);
    if (job.token !== undefined) update = update.where('token', '=', job.token);
    const row = await update.returningAll().executeTakeFirst();
    if (!row) return undefined;
    await this.addEvent(transaction, row, event, data ?? {});
    if (state === 'queued') await this.watchers.queued(transaction, toJob(row));
    return row;
  }

  /** Counted again where a job starts: between looking for one and starting it, another process may have started its own. */
  private async countRunning(transaction: DatabaseTransaction, { kind, workspace_id }: Row): Promise<number> {
    const { running } = await transaction
      .tables<JobTables>()
      .selectFrom('jobs')
      .select(({ fn }) => fn.countAll<number>().as('running'))
      .where('state', '=', 'running')
      .where('kind', '=', kind)
      .where('workspace_id', '=', workspace_id)
      .executeTakeFirstOrThrow();
    return running;
  }

  /** The workspace has had its turn in jobs of the kind. */
  private async countTurn(transaction: DatabaseTransaction, { kind, workspace_id }: Row): Promise<void> {
    await transaction
      .tables<JobTables>()
      .insertInto('job_turns')
      .values(({ selectFrom }) => ({
        kind,
        workspace_id,
        last_turn: selectFrom('job_turns')
          .select(({ fn, lit, eb }) => eb(fn.coalesce(fn.max('last_turn'), lit(0)), '+', 1).as('turn'))
          .where('kind', '=', kind),
      }))
      .onConflict((conflict) =>
        conflict.columns(['kind', 'workspace_id']).doUpdateSet(({ ref }) => ({ last_turn: ref('excluded.last_turn') })),
      )
      .execute();
  }

  private async addEvent(transaction: DatabaseTransaction, job: Row, type: string, data: unknown): Promise<void> {
    await transaction
      .tables<JobTables>()
      .insertInto('job_events')
      .values({
        job_id: job.job_id,
        seq: job.last_seq,
        at: this.clock.now().toISOString(),
        type,
        data: JSON.stringify(data),
      })
      .execute();
    transaction.afterCommit(() => this.watchers.changed(job.job_id));
  }

  private ending(set: Partial<Row>): Partial<Row> {
    return { ...set, finished_at: this.clock.now().toISOString() };
  }

  private row(transaction: DatabaseTransaction, jobId: string): Promise<Row> {
    return transaction
      .tables<JobTables>()
      .selectFrom('jobs')
      .selectAll()
      .where('job_id', '=', jobId)
      .executeTakeFirstOrThrow();
  }

  private active(transaction: DatabaseTransaction, workspaceId: string, uniqueKey: string): Promise<Row | undefined> {
    return transaction
      .tables<JobTables>()
      .selectFrom('jobs')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('unique_key', '=', uniqueKey)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirst();
  }

  private tables() {
    return this.database.tables<JobTables>();
  }
}
