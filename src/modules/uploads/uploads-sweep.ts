import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { Clock } from '../../providers/clock/clock.js';
import { JobQueue } from '../../providers/job-queue/job-queue.js';
import { PartialFiles } from '../../providers/partial-files/partial-files.js';
import { PurgeJob } from '../workspaces/purge.job.js';
import { partialOf } from './domain/uploads.js';
import { UploadInterrupted } from './errors.js';
import { ResumableService } from './resumable/resumable.service.js';
import { UploadLifecycle } from './upload-lifecycle.js';
import { type UploadRow, UploadsRepository } from './uploads.repository.js';

const batch = 100;
const silentForMs = 3_600_000;
/** Failed and expired uploads stay listed for so long after their time was over. */
const listedForMs = 30 * 24 * 3_600_000;

/**
 * Ends what nobody ends otherwise: every hour uploads whose time is over, and at start those that the process was
 * receiving when it died. Each step may be repeated and may stop anywhere; the next sweep does the rest.
 */
@Injectable()
export class UploadsSweep implements OnApplicationBootstrap {
  constructor(
    private readonly uploads: UploadsRepository,
    private readonly lifecycle: UploadLifecycle,
    private readonly resumable: ResumableService,
    private readonly partials: PartialFiles,
    private readonly purge: PurgeJob,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const kind = 'uploads.expire';
    this.jobs.handle({ kind, concurrency: 1, maxAttempts: 5, run: ({ signal }) => this.expire(signal) });
    this.purge.alsoRemove((workspaceId) => this.removePartials(workspaceId));
    await this.jobs.schedule({ key: kind, cron: '7 * * * *', kind, workspaceId: 'system', payload: {} });
    await this.recover();
  }

  /** What an earlier run of this process left behind. */
  async recover(): Promise<void> {
    await this.failAbandoned(this.lifecycle.receiver);
    const unfinished = await this.uploads.unfinishedResumable(this.lifecycle.receiver);
    const known = new Set(unfinished.map(({ upload_id }) => upload_id));
    for (const id of await this.partials.ownIds()) {
      if (!known.has(id)) await this.partials.remove({ id, key: '' });
    }
    for (const upload of unfinished) await this.takeUp(upload);
    await this.clearEnded();
  }

  /** What arrived for a workspace that is gone: where it is no object, nobody else finds it. */
  private async removePartials(workspaceId: string): Promise<void> {
    for (const upload_id of await this.uploads.resumableIds(workspaceId)) {
      await this.partials.remove(partialOf({ workspace_id: workspaceId, upload_id }));
    }
    for (const upload of await this.uploads.unfinishedDirect(workspaceId)) await this.lifecycle.abortDirect(upload);
  }

  /** Uploads whose time is over, and the leftovers of others. */
  async expire(signal?: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const silentSince = new Date(now.getTime() - silentForMs);
    await this.failAbandoned('', silentSince);
    if (this.partials.shared) await this.takeUpSilent(silentSince, signal);
    await this.inBatches(
      () => this.uploads.overdue(['receiving', 'ready'], now.toISOString(), batch),
      (upload) => this.lifecycle.expire(upload),
      signal,
    );
    const forgotten = new Date(now.getTime() - listedForMs).toISOString();
    await this.inBatches(
      () => this.uploads.overdue(['failed', 'expired'], forgotten, batch),
      (upload) => this.lifecycle.remove(upload),
      signal,
    );
    await this.clearEnded(signal);
  }

  /** Uploads of which another process may have died before it could complete them. */
  private async takeUpSilent(silentSince: Date, signal?: AbortSignal): Promise<void> {
    await this.inBatches(
      () => this.uploads.silentResumable(silentSince.toISOString(), batch),
      (upload) => this.takeUp(upload),
      signal,
    );
  }

  private async failAbandoned(receiver: string, silentSince?: Date): Promise<void> {
    const since = (silentSince ?? new Date(0)).toISOString();
    const problem = new UploadInterrupted('The service stopped before the whole file had arrived.');
    await this.inBatches(
      () => this.uploads.abandoned(receiver, since, batch),
      (upload) => this.lifecycle.fail(upload, problem),
    );
  }

  /** A resumable upload goes on where it stopped; if only its end was missing, that is made up for. */
  private async takeUp(upload: UploadRow): Promise<void> {
    const bytes = await this.partials.size(partialOf(upload));
    if (bytes === undefined) {
      await this.lifecycle.fail(upload, new UploadInterrupted('What had arrived of the file was lost.'));
      return;
    }
    await this.lifecycle.progressed(upload, bytes);
    if (bytes === Number(upload.length)) {
      this.resumable.complete(upload).catch((error: unknown) => {
        this.logger.warn({ err: error, upload_id: upload.upload_id }, 'a resumable upload could not be completed');
      });
    }
  }

  private async clearEnded(signal?: AbortSignal): Promise<void> {
    await this.inBatches(
      () => this.uploads.toClear(batch),
      (upload) => this.lifecycle.clear(upload, upload.status),
      signal,
    );
  }

  /** Goes on while whole batches are found; each step takes its upload out of the next batch. */
  private async inBatches(
    find: () => Promise<UploadRow[]>,
    step: (upload: UploadRow) => Promise<unknown>,
    signal?: AbortSignal,
  ): Promise<void> {
    for (let found = batch; found === batch;) {
      const uploads = await find();
      found = uploads.length;
      for (const upload of uploads) {
        signal?.throwIfAborted();
        await step(upload);
      }
    }
  }
}
