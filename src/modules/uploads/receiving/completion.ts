import { Injectable } from '@nestjs/common';
import { Problem } from '../../../platform/errors/problem.js';
import { StorageFull } from '../../../providers/object-store/errors.js';
import { StorageQuotaExceeded } from '../../usage/errors.js';
import { isStored } from '../domain/uploads.js';
import { DirectPartsMissing, UploadGone } from '../errors.js';
import { UploadLifecycle } from '../upload-lifecycle.js';
import { type UploadRow, UploadsRepository } from '../uploads.repository.js';
import { type Received, UploadFinisher } from './finisher.js';

/** The end of an upload that came in parts: they become one file, and the upload one like all others. */
@Injectable()
export class Completion {
  constructor(
    private readonly uploads: UploadsRepository,
    private readonly lifecycle: UploadLifecycle,
    private readonly finisher: UploadFinisher,
  ) {}

  /** May be tried again, also by another process: `assemble` must bear that, and so must whoever sends the parts. */
  async complete(upload: UploadRow, assemble: () => Promise<Received>, address?: string): Promise<UploadRow> {
    try {
      return await this.finisher.finish(upload, await assemble(), address);
    } catch (error) {
      const now = await this.uploads.find(upload);
      // Another process was faster. Nothing of the upload may be touched any more.
      if (now && isStored(now)) return now;
      if (error instanceof Problem && !mayStillEndWell(error)) await this.refuse(upload, error);
      throw error;
    }
  }

  private async refuse(upload: UploadRow, problem: Problem): Promise<void> {
    if (problem instanceof UploadGone) await this.lifecycle.clear(upload, 'expired');
    else await this.lifecycle.fail(upload, problem);
  }
}

/** Once there is room, on the disk or in the quota, or the rest has arrived. */
function mayStillEndWell(problem: Problem): boolean {
  return (
    problem instanceof StorageFull || problem instanceof StorageQuotaExceeded || problem instanceof DirectPartsMissing
  );
}
