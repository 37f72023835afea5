import type { WorkerPool } from '../duckdb-workers/pool.js';
import { TaskFault } from '../duckdb-workers/task.js';
import { LocalCopies } from '../local-copies/local-copies.js';
import type { ObjectStore } from '../object-store/object-store.js';
import { SCHEMAS_DIFFER, StoredSchemasDiffer } from './errors.js';
import { type ProfileRequest, type StoredSchema, type TableProfile, TableProfiler } from './table-profiler.js';

type Progress = Parameters<NonNullable<ProfileRequest['onProgress']>>[0];

const DEADLINES = { schemaMs: 60_000, profileMs: 60 * 60_000 };

/** Profiles in a capped child process with DuckDB. */
export class DuckDbTableProfiler extends TableProfiler {
  constructor(
    private readonly workers: { readonly ingest: Pick<WorkerPool, 'run'> },
    objectStore: ObjectStore,
    private readonly copies = new LocalCopies(objectStore),
  ) {
    super();
  }

  async schema(workspaceId: string, objectKeys: readonly string[], signal: AbortSignal): Promise<StoredSchema> {
    const options = { workspaceId, signal, deadlineMs: DEADLINES.schemaMs };
    return this.withFiles(objectKeys, signal, (files) => this.workers.ingest.run('schema', { files }, options));
  }

  async profile({ workspaceId, objectKeys, signal, onProgress }: ProfileRequest): Promise<TableProfile> {
    const options = {
      workspaceId,
      signal,
      deadlineMs: DEADLINES.profileMs,
      onProgress: (progress: unknown) => onProgress?.(progress as Progress),
    };
    const profile = await this.withFiles(objectKeys, signal, (files) =>
      this.workers.ingest.run('profile', { files }, options),
    );
    onProgress?.({ fraction: 1, rows: profile.rows, bytes: profile.bytes });
    return profile;
  }

  private async withFiles<Result>(
    objectKeys: readonly string[],
    signal: AbortSignal,
    work: (files: readonly string[]) => Promise<Result>,
  ): Promise<Result> {
    signal.throwIfAborted();
    const { paths, release } = await this.copies.take(objectKeys, signal);
    try {
      return await work(paths);
    } catch (error) {
      rethrow(error, signal);
    } finally {
      release();
    }
  }
}

function rethrow(error: unknown, signal: AbortSignal): never {
  signal.throwIfAborted();
  if (error instanceof TaskFault && error.code === SCHEMAS_DIFFER) throw new StoredSchemasDiffer(error.message);
  throw error;
}
