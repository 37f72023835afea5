import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import type { DuckDbWorkers } from '../../duckdb-workers/duckdb-workers.js';
import { TaskCancelled, TaskDeadline, WorkersClosed } from '../../duckdb-workers/errors.js';
import type { StatementInput } from '../../duckdb-workers/statement-session.js';
import { LocalCopies, type TakenFiles } from '../../local-copies/local-copies.js';
import { ObjectNotFound } from '../../object-store/errors.js';
import type { ObjectStore } from '../../object-store/object-store.js';
import {
  type CheckedStatement,
  type DryRunRequest,
  type Estimate,
  type ExportOptions,
  QueryEngine,
  type ResultPage,
  type RunOutcome,
  type RunRequest,
  SqlRejected,
  type TableFiles,
  type TableSchema,
} from '../query-engine.js';
import { StatementNotChecked } from '../errors.js';
import { priceOf } from '../price.js';
import { CheckedStatements } from './checked-statements.js';
import { ColumnSizes } from './column-sizes.js';
import { faultOf, rejection } from './run-faults.js';
import { isWhole, isWholeObject } from './whole-parquet.js';

export interface DuckDbQueryEngineOptions {
  /** US dollars for a terabyte (10^12 bytes) scanned; 0, the default, when the engine runs on machines that are paid anyway. */
  readonly pricePerTerabyte?: number;
  /** A result whose file is larger is refused; 4 GB when absent. */
  readonly maxResultBytes?: number;
  /** 15 seconds when absent. */
  readonly checkDeadlineMs?: number;
  /** What brings objects to this machine; one of its own when absent. */
  readonly copies?: LocalCopies;
}

/** Either takes some milliseconds; in a new process, on a busy machine, some seconds. */
const CHECK_DEADLINE_MS = 15_000;
const DRY_RUN_DEADLINE_MS = 30_000;
const PAGE_DEADLINE_MS = 30_000;
/** Readers that are slower than this for a whole export give way to others. */
const EXPORT_DEADLINE_MS = 60 * 60_000;
const DEFAULT_MAX_RESULT_BYTES = 4e9;

/** Runs SQL in DuckDB, in child processes, over Parquet files of the object store. */
export class DuckDbQueryEngine extends QueryEngine {
  readonly name = 'duckdb';
  private readonly copies: LocalCopies;
  private readonly columnSizes: ColumnSizes;
  private readonly checked = new CheckedStatements((sql, tables) => this.judge(sql, tables));

  constructor(
    private readonly workers: DuckDbWorkers,
    private readonly objectStore: ObjectStore,
    private readonly options: DuckDbQueryEngineOptions = {},
  ) {
    super();
    this.copies = options.copies ?? new LocalCopies(objectStore);
    this.columnSizes = new ColumnSizes(workers, this.copies);
  }

  check(sql: string, tables: readonly TableSchema[]): Promise<CheckedStatement> {
    return this.checked.of(sql, tables);
  }

  async estimate(statement: CheckedStatement, tables: readonly TableFiles[]): Promise<Estimate> {
    const read = tables.filter(({ table }) => statement.tables.includes(table.toLowerCase()));
    const sizes = await Promise.all(
      read.map(async ({ table, locations }) => ({
        table,
        bytes: await this.bytesOf(locations, statement.columns[table.toLowerCase()] ?? []),
      })),
    );
    const bytesScanned = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    return { tables: sizes, bytesScanned, costUsd: priceOf(bytesScanned, this.options.pricePerTerabyte ?? 0) };
  }

  /** In the process that most likely runs the statement next: the session is open then, and the statement understood. */
  async dryRun(request: DryRunRequest): Promise<void> {
    const { signal, workspaceId } = request;
    const options = { signal, workspaceId, deadlineMs: DRY_RUN_DEADLINE_MS };
    try {
      await this.withTables(
        request,
        // Planning reads no rows.
        (keys) => this.copies.takeFooters(keys, signal),
        (input) => this.workers.queries.run('dry-run', input, options),
      );
    } catch (error) {
      throw rejection(error, request);
    }
  }

  async run(request: RunRequest): Promise<RunOutcome> {
    const resultFile = join(this.objectStore.scratchDirectory, `result-${randomUUID()}.parquet`);
    try {
      const outcome = await this.runTask(request, resultFile);
      // The disk is not waited for: whoever loses a result in a power cut runs the statement again.
      await this.objectStore.putFile(request.resultKey, resultFile, { durable: false });
      return outcome;
    } catch (error) {
      await rm(resultFile, { force: true });
      const late = error instanceof TaskDeadline && new TaskDeadline('query', request.deadlineMs);
      throw rejection(late || error, request);
    }
  }

  async page(resultKey: string, offset: number, limit: number): Promise<ResultPage> {
    const { file, release } = await this.resultFile(resultKey);
    return this.workers.results
      .run('page', { file, offset, limit }, { deadlineMs: PAGE_DEADLINE_MS, workspaceId: ownerOf(resultKey) })
      .catch(rejectFault)
      .finally(release);
  }

  async export(resultKey: string, { format, raw = false, signal }: ExportOptions): Promise<Readable> {
    if (format === 'parquet') return this.wholeResult(resultKey);
    const { file, release } = await this.resultFile(resultKey, signal);
    const output = new PassThrough();
    this.workers.results
      .run(
        'export',
        { file, format, raw },
        { signal, output, deadlineMs: EXPORT_DEADLINE_MS, workspaceId: ownerOf(resultKey) },
      )
      .then(() => output.end())
      .catch((error: Error) => output.destroy(error))
      .finally(release);
    return output;
  }

  /** Sessions end by themselves, and copies of files when room is needed. */
  async forget(): Promise<void> {}

  async address(): Promise<undefined> {
    return undefined;
  }

  /** A process has to parse a statement. */
  async ping(): Promise<void> {
    const { checks } = this.workers;
    await checks.run('check', { sql: 'SELECT 1', tables: [] }, { deadlineMs: this.checkDeadlineMs });
  }

  private get checkDeadlineMs(): number {
    return this.options.checkDeadlineMs ?? CHECK_DEADLINE_MS;
  }

  private async judge(sql: string, tables: readonly TableSchema[]): Promise<CheckedStatement> {
    const answer = await this.workers.checks
      .run('check', { sql, tables }, { deadlineMs: this.checkDeadlineMs })
      .catch((error: unknown) => {
        if (error instanceof TaskDeadline || error instanceof WorkersClosed) throw new StatementNotChecked(error);
        if (!faultOf(error)) throw error;
        throw new SqlRejected({ kind: 'not_allowed', message: 'The statement is too complex to be checked.' });
      });
    if (!answer.ok) throw new SqlRejected(answer.fault);
    return answer.statement;
  }

  private runTask(request: RunRequest, resultFile: string): Promise<RunOutcome> {
    const { maxRows, firstPageRows, signal, deadlineMs, workspaceId, onProgress } = request;
    const limits = { maxRows, maxResultBytes: this.options.maxResultBytes ?? DEFAULT_MAX_RESULT_BYTES, firstPageRows };
    // Bringing files here counts, too.
    const ends = performance.now() + deadlineMs;
    return this.withTables(
      request,
      (keys) => this.bring(keys, deadlineMs, signal),
      (input) =>
        this.workers.queries.run(
          'query',
          { ...input, ...limits, resultFile },
          {
            signal,
            deadlineMs: Math.max(1, Math.ceil(ends - performance.now())),
            workspaceId,
            onProgress: onProgress && ((fraction) => onProgress(fraction as number)),
          },
        ),
    );
  }

  /** Does a piece of work while the tables' files are on this machine. */
  private async withTables<Result>(
    { workspaceId, statement, tables, parameters, signal }: DryRunRequest,
    take: (keys: readonly string[]) => Promise<TakenFiles>,
    work: (input: StatementInput) => Promise<Result>,
  ): Promise<Result> {
    const locations = tables.flatMap((table) => table.locations);
    const keys = locations.map((location) => this.objectStore.keyOf(location));
    const { paths, release } = await take(keys).catch((error: unknown) => {
      throw signal.aborted ? new TaskCancelled('query') : error;
    });
    const files = new Map(locations.map((location, index) => [location, paths[index]!]));
    try {
      return await work({
        workspaceId,
        engineSql: statement.engineSql,
        tables: tables.map((each) => ({
          table: each.table,
          files: each.locations.map((location) => files.get(location)!),
        })),
        parameters,
        threads: this.workers.threadsOfNextQuery(),
      });
    } finally {
      release();
    }
  }

  private async bring(keys: readonly string[], deadlineMs: number, signal: AbortSignal): Promise<TakenFiles> {
    const late = AbortSignal.timeout(deadlineMs);
    try {
      return await this.copies.take(keys, AbortSignal.any([signal, late]));
    } catch (error) {
      throw late.aborted ? new TaskDeadline('query', deadlineMs) : error;
    }
  }

  private async bytesOf(locations: readonly string[], columns: readonly string[]): Promise<number> {
    const wanted = new Set(columns.map((column) => column.toLowerCase()));
    const files = await this.columnSizes.of(locations.map((location) => this.objectStore.keyOf(location)));
    const sizes = files.flatMap((file) => Object.entries(file));
    return sizes.reduce((sum, [column, bytes]) => (wanted.has(column.toLowerCase()) ? sum + bytes : sum), 0);
  }

  private async wholeResult(key: string): Promise<Readable> {
    if (!(await isWholeObject(this.objectStore, key))) throw new ObjectNotFound(key);
    return this.objectStore.get(key);
  }

  /** A result that a power cut has cut short is as good as none. */
  private async resultFile(key: string, signal?: AbortSignal): Promise<Pick<TakenFiles, 'release'> & { file: string }> {
    const { paths, release } = await this.copies.take([key], signal);
    const file = paths[0]!;
    if (await isWhole(file)) return { file, release };
    release();
    throw new ObjectNotFound(key);
  }
}

/** Every key begins with `workspaces/` and the id of one. */
function ownerOf(key: string): string | undefined {
  return key.split('/', 2)[1];
}

function rejectFault(error: unknown): never {
  const fault = faultOf(error);
  throw fault ? new SqlRejected(fault) : error;
}
