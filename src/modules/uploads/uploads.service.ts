import { Injectable } from '@nestjs/common';
import type { Contract } from '../../csv/contract.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { pageOf } from '../../platform/paging/page.js';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { fixedColumns } from './domain/fixed-columns.js';
import { shown } from './domain/uploads.js';
import { EmptyUpload, UploadGone, UploadNotFound, UploadNotReady, UploadSubmitted } from './errors.js';
import { Transfers } from './receiving/transfers.js';
import { Upload, type UploadError, UploadPage } from './upload.dto.js';
import { UploadLifecycle } from './upload-lifecycle.js';
import { type UploadRow, UploadsRepository } from './uploads.repository.js';

/** What publishing an upload needs to know about it. */
export interface SubmittableUpload {
  readonly rawKey: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly contract: Contract;
  /** Columns, by name, whose types a person has set: they must not widen. */
  readonly fixedColumns: readonly string[];
}

/** The uploads of a workspace, and what other modules do with them. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly uploads: UploadsRepository,
    private readonly lifecycle: UploadLifecycle,
    private readonly transfers: Transfers,
    private readonly cursors: CursorCodec,
    private readonly clock: Clock,
  ) {}

  async list({ workspaceId }: Caller, { limit, cursor }: PageQuery): Promise<UploadPage> {
    const scope = `uploads/${workspaceId}`;
    const before = cursor === undefined ? undefined : this.cursors.decode<Position>(scope, cursor);
    const rows = await this.uploads.list(workspaceId, limit + 1, before);
    return pageOf(rows, limit, shown, ({ created_at, upload_id }) =>
      this.cursors.encode(scope, { created_at, upload_id } satisfies Position),
    );
  }

  async get({ workspaceId }: Caller, uploadId: string): Promise<Upload> {
    return shown(await this.find(workspaceId, uploadId));
  }

  /** Removes an upload and its file, also one that is still arriving. Throws `UploadSubmitted` while a data set holds it. */
  async delete(caller: Caller, uploadId: string): Promise<void> {
    const upload = await this.find(caller.workspaceId, uploadId);
    const removed =
      upload.resumable === 1
        ? await this.transfers.alone(uploadId, () => this.lifecycle.remove(upload, caller))
        : await this.lifecycle.remove(upload, caller);
    if (!removed) throw await this.held(caller.workspaceId, uploadId);
  }

  /** The upload, whose file is there and complete. Throws `UploadNotFound`, `UploadNotReady`, `UploadGone`. */
  async findReadable(workspaceId: string, uploadId: string, transaction?: DatabaseTransaction): Promise<UploadRow> {
    const upload = await this.find(workspaceId, uploadId, transaction);
    if (upload.status === 'receiving') throw new UploadNotReady(uploadId, upload.bytes);
    if (upload.status === 'failed') {
      throw new UploadGone(uploadId, (JSON.parse(upload.error ?? '{}') as Partial<UploadError>).detail ?? 'it failed.');
    }
    if (upload.status === 'expired')
      throw new UploadGone(uploadId, 'it was not submitted in time, or its data set was deleted.');
    return upload;
  }

  /** Throws as `findReadable`, `UploadSubmitted`, and `EmptyUpload` when no column would be left. */
  async forSubmit(
    workspaceId: string,
    uploadId: string,
    transaction?: DatabaseTransaction,
  ): Promise<SubmittableUpload> {
    const upload = await this.findReadable(workspaceId, uploadId, transaction);
    if (upload.status === 'submitted') throw new UploadSubmitted(uploadId, upload.dataset!);
    const proposal = upload.proposal === null ? undefined : (JSON.parse(upload.proposal) as Contract);
    const contract = upload.contract === null ? proposal : (JSON.parse(upload.contract) as Contract);
    if (!proposal || !contract || contract.columns.every(({ drop }) => drop)) throw new EmptyUpload(uploadId);
    return {
      rawKey: upload.raw_key!,
      fileName: upload.file_name,
      bytes: upload.bytes,
      sha256: upload.sha256!,
      contract,
      fixedColumns: fixedColumns(contract, proposal),
    };
  }

  /** From now on the data set holds the file: it neither expires nor can it be deleted. Throws `UploadSubmitted` when another was quicker. */
  async markSubmitted(
    transaction: DatabaseTransaction,
    workspaceId: string,
    uploadId: string,
    dataset: string,
  ): Promise<void> {
    const change = { status: 'submitted', dataset, updated_at: this.now() } as const;
    if (await this.uploads.change(keyOf(workspaceId, uploadId), ['ready'], change, transaction)) return;
    throw await this.held(workspaceId, uploadId, transaction);
  }

  /** Publishing failed or was stopped: the upload can be submitted again. */
  async markReady(transaction: DatabaseTransaction, workspaceId: string, uploadId: string): Promise<void> {
    const change = { status: 'ready', dataset: null, updated_at: this.now() } as const;
    await this.uploads.change(keyOf(workspaceId, uploadId), ['submitted'], change, transaction);
  }

  /** The data set that held the upload is deleted: what is left of its file goes with the next sweep. */
  async markReleased(transaction: DatabaseTransaction, workspaceId: string, uploadId: string): Promise<void> {
    const change = { status: 'expired', updated_at: this.now() } as const;
    await this.lifecycle.release(transaction, keyOf(workspaceId, uploadId), ['submitted'], change);
  }

  private async find(workspaceId: string, uploadId: string, transaction?: DatabaseTransaction): Promise<UploadRow> {
    const upload = await this.uploads.find(keyOf(workspaceId, uploadId), transaction);
    if (!upload) throw new UploadNotFound(uploadId);
    return upload;
  }

  /** Why an upload that was there a moment ago cannot be changed. */
  private async held(workspaceId: string, uploadId: string, transaction?: DatabaseTransaction): Promise<Error> {
    const upload = await this.findReadable(workspaceId, uploadId, transaction);
    return new UploadSubmitted(uploadId, upload.dataset ?? 'that was just named');
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

interface Position {
  readonly created_at: string;
  readonly upload_id: string;
}

function keyOf(workspaceId: string, uploadId: string) {
  return { workspace_id: workspaceId, upload_id: uploadId };
}
