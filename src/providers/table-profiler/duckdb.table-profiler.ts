import { fileURLToPath } from 'node:url';
import type { WorkerPool } from '../duckdb-workers/pool.js';
import { TaskFault } from '../duckdb-workers/task.js';
import { ObjectNotFound } from '../object-store/errors.js';
import type { ObjectStore } from '../object-store/object-store.js';
import { SCHEMAS_DIFFER, StoredSchemasDiffer } from './errors.js';
import { type ProfileRequest, type StoredSchema, type TableProfile, TableProfiler } from './table-profiler.js';

type Progress = Parameters<NonNullable<ProfileRequest['onProgress']>>[0];

const DEADLINES = { schemaMs: 60_000, profileMs: 60 * 60_000 };

/** Profiles in a capped child process with DuckDB. */
export class DuckDbTableProfiler extends TableProfiler {
  constructor(
    private readonly workers: { readonly ingest: Pick<WorkerPool, 'run'> },
    private readonly objectStore: ObjectStore,
  ) {
    super();
  }

  async schema(workspaceId: string, objectKeys: readonly string[], signal: AbortSignal): Promise<StoredSchema> {
    const files = await this.filesOf(objectKeys, signal);
    const options = { workspaceId, signal, deadlineMs: DEADLINES.schemaMs };
    return this.workers.ingest.run('schema', { files }, options).catch((error: unknown) => rethrow(error, signal));
  }

  async profile({ workspaceId, objectKeys, signal, onProgress }: ProfileRequest): Promise<TableProfile> {
    const files = await this.filesOf(objectKeys, signal);
    const options = {
      workspaceId,
      signal,
      deadlineMs: DEADLINES.profileMs,
      onProgress: (progress: unknown) => onProgress?.(progress as Progress),
    };
    const profile = await this.workers.ingest
      .run('profile', { files }, options)
      .catch((error: unknown) => rethrow(error, signal));
    onProgress?.({ fraction: 1, rows: profile.rows, bytes: profile.bytes });
    return profile;
  }

  private async filesOf(objectKeys: readonly string[], signal: AbortSignal): Promise<string[]> {
    signal.throwIfAborted();
    const found = await Promise.all(objectKeys.map((key) => this.objectStore.head(key)));
    const missing = objectKeys.find((_, index) => found[index] === undefined);
    if (missing !== undefined) throw new ObjectNotFound(missing);
    return objectKeys.map((key) => fileURLToPath(this.objectStore.location(key)));
  }
}

function rethrow(error: unknown, signal: AbortSignal): never {
  signal.throwIfAborted();
  if (error instanceof TaskFault && error.code === SCHEMAS_DIFFER) throw new StoredSchemasDiffer(error.message);
  throw error;
}
