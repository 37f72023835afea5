import {
  type AthenaClient,
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionInput,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { Clock } from '../../clock/clock.js';
import { isPassing, isThrottled } from './athena-client.js';

export interface PollMs {
  readonly first: number;
  readonly most: number;
}

/** A statement as Athena is to run it; the token names the request, so that sending it twice runs it once. */
export type Statement = StartQueryExecutionInput & { readonly ClientRequestToken: string };

/** Pauses while Athena has no room: random up to a bound that doubles up to the greatest. */
const THROTTLED_MS = { first: 500, most: 20_000 };
/** Whoever cancels is not kept waiting for Athena to hear of it. */
const STOP_MS = 500;

/** Statements in Athena, from their start to their end. */
export class Executions {
  constructor(
    private readonly client: AthenaClient,
    private readonly clock: Clock,
    private readonly pollMs: PollMs,
  ) {}

  /**
   * The execution once it has ended, however it has. Waits where Athena is busy. Aborting `signal` stops the execution
   * and rejects with the signal's reason.
   */
  async run(statement: Statement, signal: AbortSignal): Promise<QueryExecution> {
    const id = await this.start(statement, signal);
    try {
      return await this.end(id, signal);
    } catch (error) {
      await unlessLate(this.stop(id), STOP_MS);
      throw error;
    }
  }

  private async start(statement: Statement, signal: AbortSignal): Promise<string> {
    for (let bound = THROTTLED_MS.first; ; bound = Math.min(bound * 2, THROTTLED_MS.most)) {
      signal.throwIfAborted();
      // Sent to its end even when it is cancelled: what began meanwhile must be known to be stopped.
      const starting = this.client.send(new StartQueryExecutionCommand(statement));
      try {
        return (await unlessAborted(starting, signal)).QueryExecutionId!;
      } catch (error) {
        if (signal.aborted) starting.then(({ QueryExecutionId }) => this.stop(QueryExecutionId!)).catch(() => {});
        if (signal.aborted || !isThrottled(error)) throw error;
      }
      await this.clock.sleep(Math.random() * bound, signal);
    }
  }

  private async end(id: string, signal: AbortSignal): Promise<QueryExecution> {
    for (let pause = this.pollMs.first; ; pause = Math.min(pause * 1.5, this.pollMs.most)) {
      await this.clock.sleep(pause, signal);
      const execution = await this.look(id, signal);
      const state = execution?.Status?.State;
      if (execution && (state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED')) return execution;
    }
  }

  /** Undefined while Athena does not answer: that is no reason to end what it runs. */
  private async look(id: string, signal: AbortSignal): Promise<QueryExecution | undefined> {
    try {
      const command = new GetQueryExecutionCommand({ QueryExecutionId: id });
      return (await this.client.send(command, { abortSignal: signal })).QueryExecution;
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
      return undefined;
    }
  }

  /** Without effect on one that has ended. */
  private async stop(id: string): Promise<void> {
    await this.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
  }
}

function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Resolves when the work has ended, well or not, or goes on behind the scenes. */
async function unlessLate(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}
