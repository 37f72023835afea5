import { availableParallelism } from 'node:os';
import { withOneForOthers } from '../../platform/fair-line.js';
import { WorkerPool, type WorkerPoolOptions } from './pool.js';

/** Sizes and caps of the worker processes: how many one workspace may keep busy, and memory in megabytes for one process. */
export interface DuckDbWorkersOptions {
  readonly queryWorkers: number;
  readonly queryMemoryMegabytes: number;
  readonly queryDataLimitMegabytes: number;
  /** Most threads of one query over large tables; 4 when absent. */
  readonly queryThreads?: number;
  readonly ingestWorkers: number;
  readonly ingestMemoryMegabytes: number;
  readonly ingestDataLimitMegabytes: number;
  readonly ingestThreads: number;
  /** Query processes kept ready while nothing is to do; 1 when absent. */
  readonly warmWorkers?: number;
  /** Tasks that may wait in each lane; 200 when absent. */
  readonly queueLength?: number;
  /** A process above the warm ones ends after so long without a task; 5 minutes when absent. */
  readonly idleMs?: number;
}

/** Takes numbers that can be read at any time. */
export interface Gauges {
  gauge(name: string, help: string, read: () => number): void;
}

type LaneName = 'queries' | 'results' | 'checks' | 'ingest';

const MOST_DEFAULT_THREADS = 4;
const RESULT_WORKERS = 2;
const CHECK_MEMORY_MEGABYTES = 128;
const IDLE_MS = 5 * 60_000;
const QUEUE_LENGTH = 200;

/**
 * All worker processes, in lanes that cannot hold up each other: a page of a finished result never waits for
 * somebody's long query, nor a query for a conversion. Where tasks may be long, one process is left to other workspaces.
 */
export class DuckDbWorkers {
  /** Untrusted SQL over stored tables: `dry-run`, `query`. */
  readonly queries: WorkerPool;
  /** Our own SQL over stored results and footers: `page`, `export`, `estimate`. */
  readonly results: WorkerPool;
  /** Parsing and judging of SQL. */
  readonly checks: WorkerPool;
  /** Untrusted files: conversions and profiles. */
  readonly ingest: WorkerPool;
  private readonly queryThreads: number;

  constructor(
    private readonly options: DuckDbWorkersOptions,
    private readonly scratchDirectory: string,
    gauges?: Gauges,
  ) {
    const warm = Math.min(options.warmWorkers ?? 1, options.queryWorkers);
    const { queryWorkers: size, ingestWorkers, queryMemoryMegabytes: memoryMegabytes } = options;
    this.queryThreads = Math.min(availableParallelism(), options.queryThreads ?? MOST_DEFAULT_THREADS);
    this.queries = this.lane({
      ...shared(size),
      warm,
      prepare: ['query', 'dry-run'],
      limits: { memoryMegabytes, threads: this.queryThreads },
    });
    this.results = this.lane({ ...shared(RESULT_WORKERS), prepare: ['page'], limits: { memoryMegabytes, threads: 1 } });
    this.checks = this.lane({
      size: 1,
      warm: Math.min(warm, 1),
      prepare: ['check'],
      limits: { memoryMegabytes: CHECK_MEMORY_MEGABYTES, threads: 1 },
    });
    this.ingest = this.lane({
      ...shared(ingestWorkers),
      prepare: ['convert'],
      limits: { memoryMegabytes: options.ingestMemoryMegabytes, threads: options.ingestThreads },
      dataLimitMegabytes: options.ingestDataLimitMegabytes,
    });
    if (gauges) this.measure(gauges);
  }

  /** Threads for a query that begins now: it shares the processors with those that run, so that nobody's takes them all. */
  threadsOfNextQuery(): number {
    const share = Math.floor(availableParallelism() / (this.queries.busy + 1));
    return Math.max(1, Math.min(this.queryThreads, share));
  }

  /** Starts the warm processes, so that the first query does not wait for one. */
  start(): void {
    this.queries.start();
    this.checks.start();
  }

  /** Ends all processes; what is running or waiting is rejected with `WorkersClosed`. */
  async close(): Promise<void> {
    await Promise.all(this.lanes().map(([, pool]) => pool.close()));
  }

  private lane(own: Pick<WorkerPoolOptions, 'size' | 'limits'> & Partial<WorkerPoolOptions>): WorkerPool {
    const { idleMs = IDLE_MS, queueLength = QUEUE_LENGTH, queryDataLimitMegabytes: dataLimitMegabytes } = this.options;
    const { scratchDirectory } = this;
    return new WorkerPool({
      scratchDirectory,
      idleMs,
      queueLength,
      dataLimitMegabytes,
      warm: 0,
      prepare: [],
      ...own,
    });
  }

  private lanes(): [LaneName, WorkerPool][] {
    const { queries, results, checks, ingest } = this;
    return Object.entries({ queries, results, checks, ingest }) as [LaneName, WorkerPool][];
  }

  private measure(gauges: Gauges): void {
    for (const [name, pool] of this.lanes()) {
      gauges.gauge(`worker_${name}_busy`, `Processes of the lane ${name} that do a task.`, () => pool.busy);
      gauges.gauge(`worker_${name}_idle`, `Processes of the lane ${name} that wait for a task.`, () => pool.idle);
      gauges.gauge(`worker_${name}_queued`, `Tasks that wait for a process of the lane ${name}.`, () => pool.queued);
      gauges.gauge(`worker_${name}_killed`, `Processes of the lane ${name} killed so far.`, () => pool.killed);
      gauges.gauge(`worker_${name}_crashed`, `Processes of the lane ${name} that died so far.`, () => pool.crashed);
    }
  }
}

/** As many processes as one workspace may keep busy, and one for the others. */
function shared(perWorkspace: number): Pick<WorkerPoolOptions, 'size' | 'perWorkspace'> {
  return { size: withOneForOthers(perWorkspace), perWorkspace };
}
