import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TaskDeadline, WorkerCrashed, WorkerOutOfMemory } from '../duckdb-workers/errors.js';
import type { WorkerPool } from '../duckdb-workers/pool.js';
import { OUT_OF_MEMORY, TaskFault } from '../duckdb-workers/task.js';
import { LocalCopies } from '../local-copies/local-copies.js';
import { StorageFull } from '../object-store/errors.js';
import type { ObjectStore } from '../object-store/object-store.js';
import type { ConvertFault } from './duckdb/faults.js';
import {
  ConversionCrashed,
  ConversionTooSlow,
  EmptyFile,
  ExpandedTooLarge,
  TooLargeForMemory,
  UnreadableFile,
} from './errors.js';
import { type ConvertOutcome, type ConvertProgress, type ConvertRequest, TableConverter } from './table-converter.js';

export interface DuckDbTableConverterOptions {
  /** Most bytes that a compressed file may expand to. */
  readonly maxExpandedBytes?: number;
  readonly deadlineMs?: number;
  /** What brings files to this machine; one of its own when absent. */
  readonly copies?: LocalCopies;
}

const DEFAULTS = { maxExpandedBytes: 100e9, deadlineMs: 2 * 60 * 60_000 };

const FAULTS: Readonly<Record<ConvertFault, (detail: string) => Error>> = {
  'empty-file': (detail) => new EmptyFile(detail),
  unreadable: (detail) => new UnreadableFile(detail),
  'expanded-too-large': (detail) => new ExpandedTooLarge(detail),
  [OUT_OF_MEMORY]: (detail) => new TooLargeForMemory(detail),
  'storage-full': () => new StorageFull(),
};

/** Converts in a capped child process with DuckDB; only finished files come near the object store. */
export class DuckDbTableConverter extends TableConverter {
  private readonly options: Required<Omit<DuckDbTableConverterOptions, 'copies'>>;
  private readonly copies: LocalCopies;

  constructor(
    private readonly workers: { readonly ingest: Pick<WorkerPool, 'run'> },
    private readonly objectStore: ObjectStore,
    { copies = new LocalCopies(objectStore), ...options }: DuckDbTableConverterOptions = {},
  ) {
    super();
    this.options = { ...DEFAULTS, ...options };
    this.copies = copies;
  }

  async convert(request: ConvertRequest): Promise<ConvertOutcome> {
    const { sourceKey, signal } = request;
    signal.throwIfAborted();
    const { paths, release } = await this.copies.take([sourceKey], signal);
    const outputDirectory = await mkdtemp(join(this.objectStore.scratchDirectory, 'convert-'));
    try {
      const outcome = await this.run(request, paths[0]!, outputDirectory);
      await this.store(request, outcome, outputDirectory);
      return outcome;
    } finally {
      release();
      await rm(outputDirectory, { recursive: true, force: true });
    }
  }

  private async run(request: ConvertRequest, source: string, outputDirectory: string): Promise<ConvertOutcome> {
    const { contract, fixedColumns, workspaceId, signal, onProgress } = request;
    const { maxExpandedBytes, deadlineMs } = this.options;
    const free = await Promise.all([this.objectStore.freeBytes(), this.copies.freeBytes()]);
    const expandedLimit = Math.min(maxExpandedBytes, ...free);
    const attempt = () =>
      this.workers.ingest.run(
        'convert',
        { source, contract, fixedColumns, outputDirectory, maxExpandedBytes: expandedLimit },
        { workspaceId, signal, deadlineMs, onProgress: (progress) => onProgress?.(progress as ConvertProgress) },
      );
    try {
      return await attempt().catch((error: unknown) => {
        // Memory also runs out where the process had kept much from files before: only a failure of the fresh one is the
        // file's own.
        if (!ranOutOfMemory(error) || signal.aborted) throw error;
        return attempt();
      });
    } catch (error) {
      signal.throwIfAborted();
      throw asProblem(error);
    }
  }

  /** The rejects come first: whoever sees the table sees also what is not in it. */
  private async store(request: ConvertRequest, outcome: ConvertOutcome, directory: string): Promise<void> {
    const { parquetKey, rejectsKey, signal, onProgress } = request;
    signal.throwIfAborted();
    onProgress?.({ phase: 'storing', fraction: 0.98, rows: outcome.rowsStored });
    if (outcome.rowsRejected > 0)
      await this.objectStore.putFile(rejectsKey, join(directory, 'rejects.csv'), { signal });
    else await this.objectStore.delete(rejectsKey);
    await this.objectStore.putFile(parquetKey, join(directory, 'data.parquet'), { signal });
    onProgress?.({ phase: 'storing', fraction: 1, rows: outcome.rowsStored });
  }
}

function ranOutOfMemory(error: unknown): boolean {
  return error instanceof WorkerOutOfMemory || (error instanceof TaskFault && error.code === OUT_OF_MEMORY);
}

function asProblem(error: unknown): unknown {
  if (error instanceof TaskDeadline) return new ConversionTooSlow(error.deadlineMs);
  if (error instanceof WorkerOutOfMemory) {
    return new TooLargeForMemory('The rows do not fit into the memory that a conversion may use.', { cause: error });
  }
  if (error instanceof WorkerCrashed) return new ConversionCrashed(error);
  if (!(error instanceof TaskFault)) return error;
  return Object.hasOwn(FAULTS, error.code)
    ? FAULTS[error.code as ConvertFault](error.message)
    : new ConversionCrashed(error);
}
