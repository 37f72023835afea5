import { Injectable } from '@nestjs/common';
import { Config } from '../../../config/config.js';
import { ObjectStore } from '../../../providers/object-store/object-store.js';
import { StorageFull } from '../../../providers/object-store/errors.js';
import { TooManyUploads } from '../errors.js';

interface Exclusive {
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
}

/** Keeps transfers within the limits: how many a workspace has open, how much room is left, one at a time per upload. */
@Injectable()
export class Transfers {
  private readonly open = new Map<string, number>();
  private readonly exclusive = new Map<string, Exclusive>();

  constructor(
    private readonly store: ObjectStore,
    private readonly config: Config,
  ) {}

  /** Counts a transfer of the workspace as open while `work` runs. Throws `TooManyUploads`. */
  async within<Result>(workspaceId: string, work: () => Promise<Result>): Promise<Result> {
    const open = this.open.get(workspaceId) ?? 0;
    const limit = this.config.uploadsPerWorkspace;
    if (open >= limit)
      throw new TooManyUploads(`This workspace is receiving ${limit} uploads, as many as it may at a time.`);
    this.open.set(workspaceId, open + 1);
    try {
      return await work();
    } finally {
      const left = this.open.get(workspaceId)! - 1;
      if (left === 0) this.open.delete(workspaceId);
      else this.open.set(workspaceId, left);
    }
  }

  /** Throws `StorageFull` when `bytes` more would touch the reserve. */
  async assertRoom(bytes = 0): Promise<void> {
    if ((await this.store.freeBytes()) - bytes < this.config.uploadReserveBytes) throw new StorageFull();
  }

  /**
   * Runs `work` as the only one on the upload. One that is still waiting for bytes is told to stop, and waited for:
   * its sender has gone or begun anew.
   */
  async alone<Result>(uploadId: string, work: (stop: AbortSignal) => Promise<Result>): Promise<Result> {
    for (let earlier; (earlier = this.exclusive.get(uploadId)) !== undefined;) {
      earlier.stop.abort();
      await earlier.ended;
    }
    const stop = new AbortController();
    const result = work(stop.signal);
    const ended = result.catch(() => undefined).finally(() => this.exclusive.delete(uploadId));
    this.exclusive.set(uploadId, { stop, ended });
    return result;
  }
}
