import { setTimeout as delay } from 'node:timers/promises';
import {
  type ProfileRequest,
  type StoredSchema,
  type TableProfile,
  TableProfiler,
} from '../../src/providers/table-profiler/table-profiler.js';

/** A real profiler that can be held up before it begins. */
export class SteerableProfiler extends TableProfiler {
  private held = false;

  constructor(private readonly profiler: TableProfiler) {
    super();
  }

  /** Lets profiles wait until `release`, or until they are told to stop. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
  }

  schema(workspaceId: string, objectKeys: readonly string[], signal: AbortSignal): Promise<StoredSchema> {
    return this.profiler.schema(workspaceId, objectKeys, signal);
  }

  async profile(request: ProfileRequest): Promise<TableProfile> {
    while (this.held) await delay(10, undefined, { signal: request.signal });
    return this.profiler.profile(request);
  }
}
