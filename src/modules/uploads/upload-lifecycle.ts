import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { Problem } from '../../platform/errors/problem.js';
import { newId } from '../../platform/ids.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import { PartialFiles } from '../../providers/partial-files/partial-files.js';
import type { Caller } from '../access/caller.js';
import { AuditLog, type NewAuditEvent } from '../audit/audit.log.js';
import { UsageService } from '../usage/usage.service.js';
import { errorOf, folderOf, isStored, partialOf, rawKeyOf } from './domain/uploads.js';
import {
  type StoredStatus,
  type UploadChange,
  type UploadKey,
  type UploadRow,
  UploadsRepository,
} from './uploads.repository.js';

/** What is needed to remove everything that is kept of an upload. */
type KeptUpload = UploadKey & Pick<UploadRow, 'direct_id'>;

/** Begins and ends uploads: the row, the object and the partial file come and go together, whatever dies in between. */
@Injectable()
export class UploadLifecycle {
  /** This process's place: whatever it was receiving when it died, nobody else continues. */
  readonly receiver: string;

  constructor(
    private readonly uploads: UploadsRepository,
    private readonly store: ObjectStore,
    private readonly partials: PartialFiles,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly usage: UsageService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    this.receiver = `${hostname()}:${resolve(config.dataDirectory)}`;
  }

  /** Records an upload whose bytes are about to arrive. `length` is known, and given, for those that come in parts. */
  async begin(
    caller: Caller,
    fileName: string,
    { length, resumable = false }: { length?: number; resumable?: boolean } = {},
  ): Promise<UploadRow> {
    const now = this.clock.now();
    const key: UploadKey = { workspace_id: caller.workspaceId, upload_id: newId('upl', now.getTime()) };
    const upload: UploadRow = {
      ...key,
      user_id: caller.userId,
      file_name: fileName,
      status: 'receiving',
      resumable: resumable ? 1 : 0,
      direct_id: null,
      received_by: this.receiver,
      length: length ?? null,
      bytes: 0,
      sha256: null,
      raw_key: rawKeyOf(key),
      dialect: null,
      proposal: null,
      contract: null,
      contract_version: 1,
      dataset: null,
      error: null,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
      expires_at: new Date(now.getTime() + this.config.uploadExpiryHours * 3_600_000).toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      await this.uploads.insert(upload, transaction);
      if (length === undefined) return;
      const event = { action: 'upload.begun', object: upload.upload_id, outcome: 'allowed' } as const;
      await this.audit.record({ ...caller, ...event, detail: { file_name: fileName, length } }, transaction);
    });
    return upload;
  }

  async progressed(upload: UploadKey, bytes: number): Promise<void> {
    await this.uploads.change(upload, ['receiving'], { bytes, updated_at: this.now() });
  }

  /** Ends a receiving upload that broke: it stays to be seen as failed, its bytes go. */
  async fail(upload: UploadRow, problem: Problem): Promise<void> {
    const change = { status: 'failed', error: JSON.stringify(errorOf(problem)), updated_at: this.now() } as const;
    await this.end(upload, ['receiving'], change, {
      userId: upload.user_id,
      action: 'upload.created',
      outcome: 'failed',
      detail: { problem: problem.kind.slug },
    });
  }

  /** Ends an upload whose time is over. False when it is in use, or has ended otherwise. */
  async expire(upload: KeptUpload): Promise<boolean> {
    const change = { status: 'expired', updated_at: this.now() } as const;
    return this.end(upload, ['receiving', 'ready'], change, { action: 'upload.expired', outcome: 'allowed' });
  }

  /**
   * Removes an upload that no data set holds, with everything that belongs to it. False when a data set does. Without
   * `caller` it is one that nobody has seen, or of which there was no file any more.
   */
  async remove(upload: KeptUpload, caller?: Caller): Promise<boolean> {
    const change = { status: 'deleted', updated_at: this.now() } as const;
    const event = caller && ({ ...caller, action: 'upload.deleted', outcome: 'allowed' } as const);
    return this.end(upload, ['receiving', 'ready', 'failed', 'expired'], change, event);
  }

  /** Removes the file of an upload that has ended, and all traces of a deleted one. May be repeated. */
  async clear(upload: KeptUpload, status: StoredStatus): Promise<void> {
    await this.abortDirect(upload);
    await this.store.deletePrefix(folderOf(upload));
    await this.partials.remove(partialOf(upload));
    await this.uploads.removePreview(upload);
    if (status === 'deleted') await this.uploads.purge(upload);
    else await this.uploads.change(upload, [status], { raw_key: null });
  }

  /** Frees what was sent into the store and is not yet an object there. */
  async abortDirect(upload: KeptUpload): Promise<void> {
    if (upload.direct_id !== null) await this.store.direct?.abort(rawKeyOf(upload), upload.direct_id);
  }

  private async end(
    upload: KeptUpload,
    from: readonly StoredStatus[],
    change: { status: StoredStatus; error?: string; updated_at: string },
    event: NewAuditEvent | undefined,
  ): Promise<boolean> {
    const { workspace_id: workspaceId, upload_id: object } = upload;
    const ended = await this.database.transaction(async (transaction) => {
      const changed = await this.release(transaction, upload, from, change);
      if (changed && event) await this.audit.record({ ...event, workspaceId, object }, transaction);
      return changed;
    });
    if (ended) await this.clear(upload, change.status);
    return ended;
  }

  /** Changes an upload so that it ends. From then on what it has stored counts no more. False when its status is another. */
  async release(
    transaction: DatabaseTransaction,
    upload: UploadKey,
    from: readonly StoredStatus[],
    change: UploadChange,
  ): Promise<boolean> {
    const row = await this.uploads.find(upload, transaction);
    if (!row || !from.includes(row.status)) return false;
    if (!(await this.uploads.change(upload, [row.status], change, transaction))) return false;
    if (isStored(row)) await this.usage.count(transaction, row.workspace_id, 'bytes_stored', -row.bytes);
    return true;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
