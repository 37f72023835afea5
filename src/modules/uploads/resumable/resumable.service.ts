import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../../config/config.js';
import { Problem } from '../../../platform/errors/problem.js';
import { PartialFiles, PartialFileTaken } from '../../../providers/partial-files/partial-files.js';
import type { Caller } from '../../access/caller.js';
import { UsageService } from '../../usage/usage.service.js';
import { partialOf } from '../domain/uploads.js';
import {
  NotATextTable,
  TooManyUploads,
  UploadGone,
  UploadInterrupted,
  UploadNotFound,
  UploadTooLarge,
} from '../errors.js';
import { Completion } from '../receiving/completion.js';
import type { Received } from '../receiving/finisher.js';
import { Intake } from '../receiving/intake.js';
import { Tally } from '../receiving/tally.js';
import { Transfers } from '../receiving/transfers.js';
import { UploadLifecycle } from '../upload-lifecycle.js';
import { type UploadRow, UploadsRepository } from '../uploads.repository.js';
import { OffsetConflict, PartTooLong } from './tus.js';

/** An upload and how much of it is here. */
export interface Resumed {
  readonly upload: UploadRow;
  readonly offset: number;
}

/** Files that arrive in parts, over any number of connections and restarts. Completed, they are uploads like all others. */
@Injectable()
export class ResumableService {
  constructor(
    private readonly uploads: UploadsRepository,
    private readonly lifecycle: UploadLifecycle,
    private readonly partials: PartialFiles,
    private readonly completion: Completion,
    private readonly transfers: Transfers,
    private readonly usage: UsageService,
    private readonly config: Config,
  ) {}

  /** Announces an upload of `length` bytes. Throws `UploadTooLarge`, `StorageQuotaExceeded`, `StorageFull`, `TooManyUploads`. */
  async create(caller: Caller, fileName: string, length: number): Promise<UploadRow> {
    if (length > this.config.uploadMaxBytes) throw new UploadTooLarge(this.config.uploadMaxBytes);
    const limit = this.config.resumableUploadsPerWorkspace;
    if ((await this.uploads.countUnfinished(caller.workspaceId)) >= limit) throw TooManyUploads.unfinished(limit);
    await this.usage.refuseToStore(caller.workspaceId, length);
    await this.transfers.assertRoom(length);
    const upload = await this.lifecycle.begin(caller, fileName, { length, resumable: true });
    await this.partials.create(partialOf(upload));
    return length === 0 ? this.complete(upload, caller.address) : upload;
  }

  /** Where the upload goes on. A transfer of it that still waits for bytes is ended, so that the answer stays true. */
  async resume(caller: Caller, uploadId: string): Promise<Resumed> {
    await this.find(caller, uploadId);
    return this.transfers.alone(uploadId, async () => {
      const { upload, offset } = await this.locate(caller, uploadId);
      const whole = upload.status === 'receiving' && offset === Number(upload.length);
      return { upload: whole ? await this.complete(upload, caller.address) : upload, offset };
    });
  }

  /** Adds the request's bytes at `offset`, as many as arrive; the last ones complete the upload. Throws `OffsetConflict`. */
  async append(caller: Caller, uploadId: string, offset: number, request: FastifyRequest): Promise<Resumed> {
    await this.find(caller, uploadId);
    return this.transfers.within(caller.workspaceId, () =>
      this.transfers.alone(uploadId, async (stop) => {
        const located = await this.locate(caller, uploadId);
        if (located.offset !== offset) throw new OffsetConflict(offset, located.offset);
        if (located.upload.status !== 'receiving') return located;
        const end = offset === Number(located.upload.length) ? offset : await this.write(located, request, stop);
        const upload =
          end === Number(located.upload.length) ? await this.complete(located.upload, caller.address) : located.upload;
        return { upload, offset: end };
      }),
    );
  }

  /** Ends and removes an unfinished upload. */
  async terminate(caller: Caller, uploadId: string): Promise<void> {
    const found = await this.find(caller, uploadId);
    await this.transfers.alone(uploadId, () => this.lifecycle.remove(found, caller));
  }

  /**
   * Makes a whole file an upload like all others. Its parts stay until that is done, so this may be tried again: also
   * once there is room, on the disk or in the quota.
   */
  async complete(upload: UploadRow, address?: string): Promise<UploadRow> {
    const ready = await this.completion.complete(upload, () => this.publish(upload), address);
    await this.partials.remove(partialOf(upload));
    return ready;
  }

  private async find(caller: Caller, uploadId: string): Promise<UploadRow> {
    const upload = await this.uploads.find({ workspace_id: caller.workspaceId, upload_id: uploadId });
    if (!upload || upload.resumable !== 1) throw new UploadNotFound(uploadId);
    return upload;
  }

  private async locate(caller: Caller, uploadId: string): Promise<Resumed> {
    const upload = await this.find(caller, uploadId);
    if (upload.status === 'failed' || upload.status === 'expired') {
      throw new UploadGone(uploadId, upload.status === 'failed' ? 'it was refused.' : 'its time is over.');
    }
    if (upload.status !== 'receiving') return { upload, offset: upload.bytes };
    return { upload, offset: (await this.partials.size(partialOf(upload))) ?? upload.bytes };
  }

  /** Writes what arrives, and returns where the file then ends. What had arrived before an error stays. */
  private async write(
    { upload, offset }: Resumed,
    { raw, headers }: FastifyRequest,
    stop: AbortSignal,
  ): Promise<number> {
    const length = Number(upload.length);
    const announced = Number(headers['content-length'] ?? 0);
    if (offset + announced > length) throw new PartTooLong(length);
    await this.usage.refuseToStore(upload.workspace_id, length);
    await this.transfers.assertRoom(announced);
    const intake = Intake.of(
      raw,
      {
        limit: length - offset,
        tooLarge: () => new PartTooLong(length),
        idleSeconds: this.config.uploadIdleSeconds,
        assertRoom: () => this.transfers.assertRoom(),
        fromStart: offset === 0,
        onProgress: (bytes) => {
          this.lifecycle.progressed(upload, offset + bytes).catch((error: unknown) => intake.destroy(error as Error));
        },
      },
      () => new UploadInterrupted(),
    );
    stop.addEventListener('abort', () => intake.destroy(overtaken()));
    try {
      await this.partials.append(partialOf(upload), offset, intake);
    } catch (error) {
      throw await this.explain(upload, intake.errored instanceof Problem ? intake.errored : (error as Error));
    } finally {
      await this.lifecycle.progressed(upload, (await this.partials.size(partialOf(upload))) ?? offset);
    }
    return offset + intake.bytes;
  }

  private async explain(upload: UploadRow, error: Error): Promise<Error> {
    if (error instanceof PartialFileTaken) return overtaken();
    if (error instanceof NotATextTable) await this.lifecycle.fail(upload, error);
    return error;
  }

  private async publish(upload: UploadRow): Promise<Received> {
    const tally = new Tally();
    await this.partials.publish(partialOf(upload), Number(upload.length), (chunk) => tally.add(chunk));
    return tally.received();
  }
}

function overtaken(): UploadInterrupted {
  return new UploadInterrupted('Another connection goes on with this upload.');
}
