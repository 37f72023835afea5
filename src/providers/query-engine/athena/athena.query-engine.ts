import { createHash, createHmac, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { AthenaClient, QueryExecution } from '@aws-sdk/client-athena';
import type { Clock } from '../../clock/clock.js';
import type { DuckDbWorkers } from '../../duckdb-workers/duckdb-workers.js';
import type { ObjectStore } from '../../object-store/object-store.js';
import { MAX_SQL_BYTES } from '../dialect/check-sql.js';
import { faultOf, lateFault } from '../duckdb/run-faults.js';
import { priceOf } from '../price.js';
import {
  type Billed,
  type CheckedStatement,
  type DryRunRequest,
  type EngineAddress,
  type Estimate,
  type ExportOptions,
  QueryEngine,
  type ResultPage,
  type RunOutcome,
  type RunRequest,
  type SqlFault,
  SqlRejected,
  type TableFiles,
  type TableSchema,
} from '../query-engine.js';
import { isInvalidRequest, isWithoutWorkgroup, unavailable } from './athena-client.js';
import { refuseDatabases, withoutComments, withoutDefaultSchema, withoutSemicolon } from './athena-sql.js';
import { Executions, type PollMs } from './executions.js';
import { explainExecution, explainRefusal, isSystemFault } from './explain-execution.js';
import { literals } from './literals.js';
import { Results } from './results.js';
import { type WorkgroupOptions, Workgroups } from './workgroups.js';

export interface AthenaOptions extends WorkgroupOptions {
  /** What the names of Glue's databases begin with; the workspace's id follows. */
  readonly databasePrefix: string;
  /** Secret from which tokens of requests are made, so that nobody can guess another's. */
  readonly tokenKey: Uint8Array;
  /** Results of the same statement over the same data may be so old; 0 for never. */
  readonly reuseMinutes: number;
  /** A result whose CSV is larger is refused; 4 GB when absent. */
  readonly maxResultBytes?: number;
  /** US dollars for a terabyte (10^12 bytes) scanned. */
  readonly pricePerTerabyte: number;
  /** Between looks at a statement; 100 ms to 2 s when absent. */
  readonly pollMs?: PollMs;
}

/** What the engine stands on. */
export interface AthenaSurroundings {
  readonly client: AthenaClient;
  /** Judges statements, reads footers and stored results. */
  readonly local: QueryEngine;
  readonly workers: DuckDbWorkers;
  readonly objectStore: ObjectStore;
  readonly clock: Clock;
  /** Reads what Athena has written, by its location. */
  readonly readResult: (location: string) => Promise<Readable>;
}

/** The account's own, in Glue. */
const CATALOG = 'AwsDataCatalog';
/** On a line of its own, so that columns stay what they are. */
const EXPLAIN = 'EXPLAIN (TYPE VALIDATE)\n';
/** Runs of a statement that fails for reasons of Athena's own. */
const MAX_ATTEMPTS = 3;
const RETRY_MS = 1000;
const DRY_RUN_DEADLINE_MS = 30_000;
const DEFAULT_MAX_RESULT_BYTES = 4e9;

/**
 * Runs SQL in Amazon Athena over the tables that the catalog keeps in Glue. What may run is judged here, as for the
 * embedded engine, and then sent as the author wrote it, without comments. Results are stored and shown as those of the
 * embedded engine.
 */
export class AthenaQueryEngine extends QueryEngine {
  readonly name = 'athena';
  private readonly workgroups: Workgroups;
  private readonly executions: Executions;
  private readonly results: Results;

  constructor(
    private readonly surroundings: AthenaSurroundings,
    private readonly options: AthenaOptions,
  ) {
    super();
    const { client, clock, readResult } = surroundings;
    this.workgroups = new Workgroups(client, options);
    this.executions = new Executions(client, clock, options.pollMs ?? { first: 100, most: 2000 });
    this.results = new Results(client, readResult);
  }

  async check(sql: string, tables: readonly TableSchema[]): Promise<CheckedStatement> {
    const text = withoutComments(sql);
    const statement = await this.surroundings.local.check(text, tables);
    refuseTimes(statement, tables);
    refuseDatabases(text, this.options.databasePrefix);
    const engineSql = withoutDefaultSchema(withoutSemicolon(text), statement.tables);
    const bytes = Buffer.byteLength(EXPLAIN + this.textOf(engineSql, []));
    if (bytes > MAX_SQL_BYTES) throw new SqlRejected(tooLong(bytes));
    return { ...statement, engineSql };
  }

  estimate(statement: CheckedStatement, tables: readonly TableFiles[]): Promise<Estimate> {
    return this.surroundings.local.estimate(statement, tables);
  }

  /** Athena plans it and reads nothing, which costs nothing but the time. */
  async dryRun(request: DryRunRequest): Promise<void> {
    const statement = { ...request.statement, engineSql: EXPLAIN + request.statement.engineSql };
    const asked = { ...request, statement, queryId: randomUUID(), deadlineMs: DRY_RUN_DEADLINE_MS };
    try {
      await within(asked, (signal) => this.succeed(asked, signal));
    } catch (error) {
      throw error instanceof SqlRejected ? new SqlRejected(oneLineUp(error.fault)) : error;
    }
  }

  async run(request: RunRequest): Promise<RunOutcome> {
    return within(request, async (signal) => {
      const ended = await this.succeed(request, signal);
      return this.store(request, ended, signal);
    });
  }

  page(resultKey: string, offset: number, limit: number): Promise<ResultPage> {
    return this.surroundings.local.page(resultKey, offset, limit);
  }

  export(resultKey: string, options: ExportOptions): Promise<Readable> {
    return this.surroundings.local.export(resultKey, options);
  }

  forget(workspaceId: string): Promise<void> {
    return this.workgroups.remove(workspaceId);
  }

  async address(workspaceId: string): Promise<EngineAddress> {
    const { client, objectStore } = this.surroundings;
    return {
      region: await client.config.region(),
      workgroup: this.workgroups.nameOf(workspaceId),
      catalog: CATALOG,
      database: this.databaseOf(workspaceId),
      outputLocation: this.workgroups.outputOf(workspaceId),
      filesLocation: `${objectStore.location(`workspaces/${workspaceId}`)}/`,
    };
  }

  ping(): Promise<void> {
    return this.workgroups.ping();
  }

  /** The execution that has succeeded. Rejects with `SqlRejected` or `QueryEngineUnavailable`. */
  private async succeed(request: Executed, signal: AbortSignal): Promise<QueryExecution> {
    const ended = await this.attempt(request, signal).catch((error: unknown) => {
      if (error instanceof SqlRejected) throw error;
      if (isWithoutWorkgroup(error)) this.workgroups.doubt(request.workspaceId);
      throw isInvalidRequest(error) && !isWithoutWorkgroup(error)
        ? new SqlRejected(explainRefusal(error.message))
        : unavailable(error);
    });
    if (ended.Status?.State === 'SUCCEEDED') return ended;
    throw new SqlRejected(explainExecution(ended, this.options.bytesCutoff));
  }

  /** Runs it again where Athena itself has failed; never where the statement has. */
  private async attempt(request: Executed, signal: AbortSignal): Promise<QueryExecution> {
    const { workspaceId, queryId, statement, tables, parameters } = request;
    const { reuseMinutes } = this.options;
    const values = literals(parameters);
    const content = {
      QueryString: this.textOf(statement.engineSql, tables),
      WorkGroup: await this.workgroups.of(workspaceId),
      // Without tables the workspace may have no database yet.
      ...(statement.tables.length > 0 && {
        QueryExecutionContext: { Catalog: CATALOG, Database: this.databaseOf(workspaceId) },
      }),
      ...(values.length > 0 && { ExecutionParameters: values }),
      ...(reuseMinutes > 0 && {
        ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes } },
      }),
    };
    for (let attempt = 1; ; attempt += 1) {
      const ClientRequestToken = this.token(workspaceId, queryId, attempt);
      const ended = await this.executions.run({ ...content, ClientRequestToken }, signal);
      if (attempt === MAX_ATTEMPTS || !isSystemFault(ended)) return ended;
      await this.surroundings.clock.sleep(Math.random() * RETRY_MS * 2 ** attempt, signal);
    }
  }

  private databaseOf(workspaceId: string): string {
    return `${this.options.databasePrefix}${workspaceId}`.toLowerCase();
  }

  /** Athena gives the old execution to whoever repeats a token, so it must be one that only this request can have. */
  private token(workspaceId: string, queryId: string, attempt: number): string {
    const name = JSON.stringify([workspaceId, queryId, attempt]);
    return createHmac('sha256', this.options.tokenKey).update(name).digest('hex');
  }

  /** Reuse goes by the text alone, so the text names the data. At its end, where it moves no line or column. */
  private textOf(sql: string, tables: readonly TableFiles[]): string {
    if (this.options.reuseMinutes === 0) return sql;
    const data = createHash('sha256').update(JSON.stringify(tables)).digest('hex').slice(0, 32);
    return `${sql}\n/* data ${data} */`;
  }

  private billed({ Statistics: statistics }: QueryExecution): Billed {
    const bytesScanned = statistics?.DataScannedInBytes ?? 0;
    // Nothing is read where an earlier result is given again.
    return { bytesScanned, costUsd: bytesScanned === 0 ? 0 : priceOf(bytesScanned, this.options.pricePerTerabyte) };
  }

  private async store(request: RunRequest, ended: QueryExecution, signal: AbortSignal): Promise<RunOutcome> {
    const { objectStore, workers } = this.surroundings;
    const { workspaceId, maxRows, firstPageRows, resultKey, deadlineMs } = request;
    const name = join(objectStore.scratchDirectory, `athena-${randomUUID()}`);
    const [file, resultFile] = [`${name}.csv`, `${name}.parquet`];
    const maxBytes = this.options.maxResultBytes ?? DEFAULT_MAX_RESULT_BYTES;
    try {
      const { columns, truncated } = await this.results.fetch(ended, { maxRows, maxBytes }, file, signal);
      const input = { file, columns, resultFile, firstPageRows };
      const stored = await workers.queries.run('store-result', input, { signal, workspaceId, deadlineMs });
      await objectStore.putFile(resultKey, resultFile, { durable: false });
      return { ...stored, truncated, billed: this.billed(ended) };
    } finally {
      await Promise.all([file, resultFile].map((path) => rm(path, { force: true })));
    }
  }
}

type Executed = DryRunRequest & Pick<RunRequest, 'queryId' | 'deadlineMs'>;

/** Does work that may not last longer than asked; tells apart why it ended before it was done. */
async function within<Result>(
  { signal, deadlineMs }: Pick<RunRequest, 'signal' | 'deadlineMs'>,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    return await work(AbortSignal.any([signal, deadline]));
  } catch (error) {
    if (signal.aborted) throw new SqlRejected({ kind: 'cancelled', message: 'The query was cancelled.' });
    if (deadline.aborted) throw new SqlRejected(lateFault(deadlineMs));
    const fault = faultOf(error);
    throw fault ? new SqlRejected(fault) : error;
  }
}

/** As if `EXPLAIN` did not stand on a line before the statement. */
function oneLineUp(fault: SqlFault): SqlFault {
  return fault.line === undefined ? fault : { ...fault, line: Math.max(1, fault.line - 1) };
}

/** Athena cannot read times of day from Parquet. */
function refuseTimes({ columns }: CheckedStatement, tables: readonly TableSchema[]): void {
  for (const { table, columns: known } of tables) {
    const read = columns[table.toLowerCase()] ?? [];
    const time = known.find(({ name, type }) => type === 'time' && read.includes(name));
    if (!time) continue;
    throw new SqlRejected({
      kind: 'not_allowed',
      message: `The column ${time.name} of ${table} holds times of day, which Athena cannot read from its files.`,
      hint: 'Name the other columns one by one, or publish this one as varchar.',
    });
  }
}

function tooLong(bytes: number): SqlFault {
  return {
    kind: 'not_allowed',
    message: `The statement is ${bytes} bytes long as Athena gets it; it takes ${MAX_SQL_BYTES} bytes.`,
    hint: 'Shorten it.',
  };
}
