import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Config } from '../../../config/config.js';
import { InternalError } from '../../../platform/errors/common-problems.js';
import { Problem } from '../../../platform/errors/problem.js';
import { APP_LOGGER } from '../../../platform/logging/logger.js';
import { ObjectStore } from '../../../providers/object-store/object-store.js';
import type { Caller } from '../../access/caller.js';
import { UsageService } from '../../usage/usage.service.js';
import { rawKeyOf } from '../domain/uploads.js';
import { UploadGone, UploadInterrupted, UploadStalled, UploadTooLarge } from '../errors.js';
import { UploadLifecycle } from '../upload-lifecycle.js';
import type { UploadRow } from '../uploads.repository.js';
import { type Received, UploadFinisher } from './finisher.js';
import { Intake } from './intake.js';
import { Transfers } from './transfers.js';
import type { UploadBody } from './upload-body.js';

/** Bytes that may come, and what to throw when there are more. */
interface Most {
  readonly bytes: number;
  readonly exceeded: () => Error;
}

/** Takes a file in one go: from the request into the object store, in constant memory, all of it or nothing. */
@Injectable()
export class UploadReceiver {
  constructor(
    private readonly lifecycle: UploadLifecycle,
    private readonly finisher: UploadFinisher,
    private readonly transfers: Transfers,
    private readonly store: ObjectStore,
    private readonly usage: UsageService,
    private readonly config: Config,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Refuses what is known to be too much before any of it is read: a body of so many bytes, of which up to `formBytes`
   * may be not the file but the form around it. Throws `UploadTooLarge`, `StorageQuotaExceeded`, `StorageFull`.
   */
  async assertAcceptable(
    { workspaceId }: Caller,
    announcedBytes: number | undefined,
    formBytes: number,
  ): Promise<void> {
    if (announcedBytes !== undefined && announcedBytes > this.config.uploadMaxBytes) throw this.tooLarge();
    await this.usage.refuseToStore(workspaceId, Math.max(0, (announcedBytes ?? 0) - formBytes));
    await this.transfers.assertRoom(announcedBytes);
  }

  /** Resolves when the upload is ready. A refused file leaves nothing; a transfer that broke leaves a failed upload that says why. */
  async receive(caller: Caller, body: UploadBody): Promise<UploadRow> {
    const upload = await this.lifecycle.begin(caller, body.fileName);
    try {
      const received = await this.keep(upload, body);
      return await this.finisher.finish(upload, received, caller.address);
    } catch (error) {
      await this.giveUp(upload, error);
      throw error;
    }
  }

  /** Reads a file only to learn its hash. */
  async hash(body: UploadBody): Promise<string> {
    const intake = this.intake(body, this.largest(), () => {});
    for await (const _ of intake);
    await body.ended();
    return intake.digest();
  }

  private async keep(upload: UploadRow, body: UploadBody): Promise<Received> {
    const intake = this.intake(body, await this.mostOf(upload), (bytes) => {
      this.lifecycle.progressed(upload, bytes).catch((error: unknown) => intake.destroy(error as Error));
    });
    try {
      await this.store.put(rawKeyOf(upload), intake);
    } catch (error) {
      throw intake.errored instanceof Problem ? intake.errored : error;
    }
    await body.ended();
    return { bytes: intake.bytes, sha256: intake.digest(), head: intake.head };
  }

  private intake(body: UploadBody, most: Most, onProgress: (bytes: number) => void): Intake {
    const rules = {
      limit: most.bytes,
      tooLarge: most.exceeded,
      idleSeconds: this.config.uploadIdleSeconds,
      assertRoom: () => this.transfers.assertRoom(),
      fromStart: true,
      onProgress,
    };
    return Intake.of(body.stream, rules, (error) => body.explain(error));
  }

  private async giveUp(upload: UploadRow, error: unknown): Promise<void> {
    const problem = error instanceof Problem ? error : new InternalError();
    const broke =
      problem.kind.status >= 500 || problem instanceof UploadInterrupted || problem instanceof UploadStalled;
    try {
      if (problem instanceof UploadGone) await this.lifecycle.clear(upload, 'expired');
      else await (broke ? this.lifecycle.fail(upload, problem) : this.lifecycle.remove(upload));
    } catch (failure) {
      // The next sweep finds it; what the sender has to know is the first error.
      this.logger.error({ err: failure, upload_id: upload.upload_id }, 'a broken upload could not be cleared away');
    }
  }

  /** What the workspace's quota or the service allows of the file, whichever is less. */
  private async mostOf({ workspace_id: workspaceId }: UploadRow): Promise<Most> {
    const room = await this.usage.roomToStore(workspaceId);
    return room && room.bytes < this.config.uploadMaxBytes ? room : this.largest();
  }

  private largest(): Most {
    return { bytes: this.config.uploadMaxBytes, exceeded: () => this.tooLarge() };
  }

  private tooLarge(): UploadTooLarge {
    return new UploadTooLarge(this.config.uploadMaxBytes);
  }
}
