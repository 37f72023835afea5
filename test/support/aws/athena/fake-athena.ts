import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  AthenaError,
  QueryExecutionStatistics,
  StartQueryExecutionInput,
  WorkGroupConfiguration,
} from '@aws-sdk/client-athena';
import { AwsFailure, FakeJsonService } from '../fake-service.js';
import { athenaCsv } from './athena-text.js';
import { type Runner, RunnerFailure, type RunnerResult } from './duckdb-runner.js';

type State = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** How an execution ends in place of being run. */
export interface ForcedEnd {
  readonly State: 'FAILED' | 'CANCELLED';
  readonly StateChangeReason: string;
  readonly AthenaError?: AthenaError;
  readonly Statistics?: QueryExecutionStatistics;
}

export interface FakeExecution {
  readonly id: string;
  readonly input: StartQueryExecutionInput;
  readonly controller: AbortController;
  readonly submitted: number;
  state: State;
  reason?: string;
  error?: AthenaError;
  statistics: QueryExecutionStatistics;
  result?: RunnerResult;
}

interface Named {
  readonly QueryExecutionId: string;
}

/** Amazon Athena: workgroups, and executions that a runner carries out. */
export class FakeAthena extends FakeJsonService {
  readonly workgroups = new Map<string, WorkGroupConfiguration>();
  /** In the order of their starts. */
  readonly executions = new Map<string, FakeExecution>();
  /** How the next executions end without being run. */
  readonly forcedEnds: ForcedEnd[] = [];
  /** Time in the queue. */
  queueMs = 5;
  private readonly tokens = new Map<string, { readonly id: string; readonly request: string }>();

  /** `write` puts a result into the bucket. */
  constructor(
    private readonly run: Runner,
    private readonly write: (location: string, content: string) => Promise<void>,
  ) {
    super('athena', '1.1');
  }

  /** Executions that have not ended. */
  get active(): number {
    return [...this.executions.values()].filter(({ state }) => state === 'QUEUED' || state === 'RUNNING').length;
  }

  protected override async invoke(operation: string, input: Record<string, unknown>): Promise<object> {
    const named = input as unknown as Named;
    switch (operation) {
      case 'GetWorkGroup':
        return this.getWorkGroup(input as unknown as { WorkGroup: string });
      case 'CreateWorkGroup':
        return this.createWorkGroup(input as unknown as { Name: string; Configuration: WorkGroupConfiguration });
      case 'UpdateWorkGroup':
        return this.updateWorkGroup(input as unknown as Parameters<FakeAthena['updateWorkGroup']>[0]);
      case 'DeleteWorkGroup':
        return this.deleteWorkGroup(input as unknown as { WorkGroup: string });
      case 'StartQueryExecution':
        return this.start(input as unknown as StartQueryExecutionInput);
      case 'GetQueryExecution':
        return { QueryExecution: this.shown(this.find(named.QueryExecutionId)) };
      case 'StopQueryExecution':
        return this.stop(this.find(named.QueryExecutionId));
      case 'GetQueryResults':
        return this.results(input as unknown as Parameters<FakeAthena['results']>[0]);
      default:
        throw new AwsFailure({ name: 'UnknownOperationException', status: 400 });
    }
  }

  private getWorkGroup({ WorkGroup: name }: { WorkGroup: string }): object {
    const Configuration = this.workgroups.get(name);
    if (!Configuration) throw invalid(`WorkGroup ${name} is not found.`);
    return { WorkGroup: { Name: name, State: 'ENABLED', Configuration } };
  }

  private createWorkGroup({ Name, Configuration }: { Name: string; Configuration: WorkGroupConfiguration }): object {
    if (!/^[a-zA-Z0-9._-]{1,128}$/.test(Name)) throw invalid('Bad name of a workgroup.');
    if ((Configuration.BytesScannedCutoffPerQuery ?? 1e7) < 1e7) throw invalid('The cutoff must be 10 MB or more.');
    if (this.workgroups.has(Name)) throw invalid(`WorkGroup ${Name} is already created`);
    this.workgroups.set(Name, Configuration);
    return {};
  }

  private updateWorkGroup({
    WorkGroup: name,
    ConfigurationUpdates: { ResultConfigurationUpdates, ...updates },
  }: {
    WorkGroup: string;
    ConfigurationUpdates: WorkGroupConfiguration & {
      ResultConfigurationUpdates?: WorkGroupConfiguration['ResultConfiguration'];
    };
  }): object {
    const existing = this.workgroups.get(name);
    if (!existing) throw invalid(`WorkGroup ${name} is not found.`);
    this.workgroups.set(name, { ...existing, ...updates, ResultConfiguration: ResultConfigurationUpdates });
    return {};
  }

  private deleteWorkGroup({ WorkGroup: name }: { WorkGroup: string }): object {
    if (!this.workgroups.delete(name)) throw invalid(`WorkGroup ${name} is not found.`);
    return {};
  }

  /** Whoever repeats a token gets the execution that it began, or an error where the request is another. */
  private start(input: StartQueryExecutionInput): object {
    const { ClientRequestToken: token, ...content } = input;
    if (token === undefined || token.length < 32 || token.length > 128) throw invalid('Bad ClientRequestToken.');
    if (Buffer.byteLength(input.QueryString!) > 262_144) throw invalid('The query string is too long.');
    if (!this.workgroups.has(input.WorkGroup!)) throw invalid(`WorkGroup ${input.WorkGroup} is not found.`);
    if (input.ExecutionParameters?.some(({ length }) => length < 1 || length > 1024)) throw invalid('Bad parameter.');
    const known = this.tokens.get(token);
    const request = JSON.stringify(content);
    if (known && known.request !== request) throw invalid('Idempotent parameters do not match');
    const id = known?.id ?? randomUUID();
    if (!known) {
      this.tokens.set(token, { id, request });
      const controller = new AbortController();
      const execution = { id, input, controller, submitted: Date.now(), state: 'QUEUED' as State, statistics: {} };
      this.executions.set(id, execution);
      this.carryOut(execution).catch((error: unknown) => this.fail(execution, error));
    }
    return { QueryExecutionId: id };
  }

  private async carryOut(execution: FakeExecution): Promise<void> {
    const { input, controller } = execution;
    await delay(this.queueMs);
    if (execution.state !== 'QUEUED') return;
    execution.state = 'RUNNING';
    const forced = this.forcedEnds.shift();
    if (forced) return this.end(execution, forced);
    const earlier = this.reusable(execution);
    const result =
      earlier ??
      (await this.run({
        sql: input.QueryString!,
        database: input.QueryExecutionContext?.Database,
        parameters: input.ExecutionParameters ?? [],
        signal: controller.signal,
      }));
    // Stopped meanwhile.
    if (controller.signal.aborted) return;
    execution.statistics = {
      DataScannedInBytes: earlier ? 0 : result.bytesScanned,
      QueryQueueTimeInMillis: this.queueMs,
      TotalExecutionTimeInMillis: Date.now() - execution.submitted,
      ResultReuseInformation: { ReusedPreviousResult: earlier !== undefined },
    };
    const cutoff = this.workgroups.get(input.WorkGroup!)?.BytesScannedCutoffPerQuery ?? Infinity;
    if (result.bytesScanned > cutoff) {
      return this.end(execution, { State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' });
    }
    execution.result = result;
    const names = result.columns.map(({ name }) => name);
    await this.write(this.location(execution), athenaCsv(names, result.rows));
    await this.write(`${this.location(execution)}.metadata`, 'columns');
    execution.state = 'SUCCEEDED';
  }

  /** The result of an equal statement of the workgroup that is young enough. */
  private reusable({ input }: FakeExecution): RunnerResult | undefined {
    const { Enabled, MaxAgeInMinutes = 60 } = input.ResultReuseConfiguration?.ResultReuseByAgeConfiguration ?? {};
    if (Enabled !== true) return undefined;
    const nameOf = (each: StartQueryExecutionInput) =>
      JSON.stringify([each.QueryString, each.WorkGroup, each.QueryExecutionContext, each.ExecutionParameters]);
    return [...this.executions.values()].findLast(
      (each) =>
        each.state === 'SUCCEEDED' &&
        nameOf(each.input) === nameOf(input) &&
        Date.now() - each.submitted < MaxAgeInMinutes * 60_000,
    )?.result;
  }

  private fail(execution: FakeExecution, error: unknown): void {
    if (execution.controller.signal.aborted) return;
    const user = error instanceof RunnerFailure;
    const reason = (error as Error).message;
    const AthenaError = { ErrorCategory: user ? 2 : 1, ErrorType: 1, Retryable: !user, ErrorMessage: reason };
    this.end(execution, { State: 'FAILED', StateChangeReason: reason, AthenaError });
  }

  private end(execution: FakeExecution, { State, StateChangeReason, AthenaError, Statistics }: ForcedEnd): void {
    execution.reason = StateChangeReason;
    if (AthenaError) execution.error = AthenaError;
    execution.statistics = { ...execution.statistics, ...Statistics };
    execution.state = State;
  }

  private stop(execution: FakeExecution): object {
    if (execution.state !== 'QUEUED' && execution.state !== 'RUNNING') return {};
    execution.controller.abort();
    this.end(execution, { State: 'CANCELLED', StateChangeReason: 'Query cancelled by user' });
    return {};
  }

  /** The header is the first row of the first page. */
  private results({
    QueryExecutionId,
    MaxResults = 1000,
    NextToken,
  }: Named & { MaxResults?: number; NextToken?: string }): object {
    const { state, result } = this.find(QueryExecutionId);
    if (state !== 'SUCCEEDED' || !result) throw invalid(`Query has not yet finished. Current state: ${state}`);
    if (MaxResults < 1 || MaxResults > 1000) throw invalid('MaxResults must be 1 to 1000.');
    const rows = [result.columns.map(({ name }): string | null => name), ...result.rows];
    const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
    const end = start + MaxResults;
    return {
      ResultSet: {
        Rows: rows.slice(start, end).map((row) => {
          return { Data: row.map((value) => (value === null ? {} : { VarCharValue: value })) };
        }),
        ResultSetMetadata: { ColumnInfo: result.columns.map(columnInfo) },
      },
      ...(end < rows.length && { NextToken: Buffer.from(String(end)).toString('base64url') }),
    };
  }

  private shown(execution: FakeExecution): object {
    const { id, input, state, reason, error, statistics, submitted } = execution;
    return {
      QueryExecutionId: id,
      Query: input.QueryString,
      WorkGroup: input.WorkGroup,
      StatementType: 'DML',
      ResultConfiguration: { OutputLocation: this.location(execution) },
      Statistics: statistics,
      Status: {
        State: state,
        SubmissionDateTime: submitted / 1000,
        ...(reason !== undefined && { StateChangeReason: reason }),
        ...(error && { AthenaError: error }),
      },
    };
  }

  private location({ id, input }: FakeExecution): string {
    return `${this.workgroups.get(input.WorkGroup!)!.ResultConfiguration!.OutputLocation}${id}.csv`;
  }

  private find(id: string): FakeExecution {
    const execution = this.executions.get(id);
    if (!execution) throw invalid(`QueryExecution ${id} was not found`);
    return execution;
  }
}

/** Without the parameters of types, which Athena gives apart or not at all. */
function columnInfo({ name, type }: { name: string; type: string }): object {
  const [, base, precision, scale] = /^(\w[\w ]*)(?:\((\d+),(\d+)\))?/.exec(type)!;
  const Type = base === 'real' ? 'float' : base;
  return { Name: name, Label: name, Type, Precision: Number(precision ?? 0), Scale: Number(scale ?? 0) };
}

function invalid(message: string): AwsFailure {
  return new AwsFailure({ name: 'InvalidRequestException', status: 400, message });
}
