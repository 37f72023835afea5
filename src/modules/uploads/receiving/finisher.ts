import { Injectable } from '@nestjs/common';
import { Clock } from '../../../providers/clock/clock.js';
import { Database } from '../../../providers/database/database.js';
import { AuditLog } from '../../audit/audit.log.js';
import { UsageService } from '../../usage/usage.service.js';
import { DamagedGzip, openHead } from '../domain/file-head.js';
import { foreignKind, isGzip } from '../domain/file-kind.js';
import { describeFileIfReadable, type FileDescription } from '../domain/file-description.js';
import { DamagedCompression, NotATextTable, UploadGone } from '../errors.js';
import { type UploadRow, UploadsRepository } from '../uploads.repository.js';
import { headBytes } from './intake.js';

/** A file that has arrived. */
export interface Received {
  readonly bytes: number;
  readonly sha256: string;
  /** Its first bytes, as stored. */
  readonly head: Buffer;
}

/** The last step of every upload: looks at the first rows, and makes the upload ready together with its preview. */
@Injectable()
export class UploadFinisher {
  constructor(
    private readonly uploads: UploadsRepository,
    private readonly database: Database,
    private readonly usage: UsageService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws `NotATextTable`, `DamagedCompression`, `StorageQuotaExceeded`; `UploadGone` when it was deleted meanwhile. */
  async finish(upload: UploadRow, { bytes, sha256, head }: Received, address?: string): Promise<UploadRow> {
    const description = await this.describe(head, bytes === head.length);
    const ready: UploadRow = {
      ...upload,
      status: 'ready',
      bytes,
      sha256,
      dialect: description && JSON.stringify(description.dialect),
      proposal: description && JSON.stringify(description.proposal),
      updated_at: this.clock.now().toISOString(),
    };
    const { workspace_id: workspaceId, user_id: userId, upload_id: object, file_name } = upload;
    await this.database.transaction(async (transaction) => {
      const { workspace_id: _workspace, upload_id: _upload, ...change } = ready;
      if (!(await this.uploads.change(upload, ['receiving'], change, transaction))) {
        throw new UploadGone(upload.upload_id, 'it was deleted while it was being received.');
      }
      await this.usage.store(transaction, workspaceId, bytes);
      if (description) await this.uploads.putPreview({ ...keyOf(upload), ...description.preview }, transaction);
      const detail = { file_name, bytes, sha256 };
      await this.audit.record(
        { workspaceId, userId, address, action: 'upload.created', object, outcome: 'allowed', detail },
        transaction,
      );
    });
    return ready;
  }

  /** Null for a file that cannot be read as it is guessed to be; its preview says why, and takes other settings. */
  private async describe(stored: Buffer, complete: boolean): Promise<FileDescription | null> {
    const head = await openHead(stored, complete, headBytes).catch((error: unknown) => {
      throw error instanceof DamagedGzip ? new DamagedCompression() : error;
    });
    const kind = foreignKind(head.bytes);
    if (kind) throw new NotATextTable(kind);
    if (head.compression === 'gzip' && isGzip(head.bytes)) {
      throw new NotATextTable({
        name: 'a file compressed twice with gzip',
        advice: 'Unpack it once and upload the result.',
      });
    }
    return describeFileIfReadable(head);
  }
}

function keyOf({ workspace_id, upload_id }: UploadRow) {
  return { workspace_id, upload_id };
}
