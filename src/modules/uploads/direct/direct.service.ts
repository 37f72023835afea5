import { Injectable } from '@nestjs/common';
import { Config } from '../../../config/config.js';
import type { DirectAddress as Address, DirectTransfers } from '../../../providers/object-store/direct-transfers.js';
import { DirectPartTooSmall, DirectUploadGone, ObjectLengthMismatch } from '../../../providers/object-store/errors.js';
import { ObjectStore } from '../../../providers/object-store/object-store.js';
import type { Caller } from '../../access/caller.js';
import { AuditLog } from '../../audit/audit.log.js';
import { UsageService } from '../../usage/usage.service.js';
import { cleanFileName } from '../domain/file-name.js';
import { rawKeyOf, shown } from '../domain/uploads.js';
import {
  DirectPartsMissing,
  NoDirectUploads,
  NoSuchPart,
  TooManyUploads,
  UploadGone,
  UploadInterrupted,
  UploadNotFound,
  UploadTooLarge,
} from '../errors.js';
import { Completion } from '../receiving/completion.js';
import { Tally } from '../receiving/tally.js';
import { Transfers } from '../receiving/transfers.js';
import type { Upload } from '../upload.dto.js';
import { UploadLifecycle } from '../upload-lifecycle.js';
import { type UploadRow, UploadsRepository } from '../uploads.repository.js';
import { UploadsService } from '../uploads.service.js';
import type { DirectAddress, DirectPartAddresses, DirectUpload } from './direct.dto.js';
import { Parts } from './parts.js';

/** An upload that waits for its parts, by the name that the store gave it. */
interface Expected {
  readonly upload: UploadRow;
  readonly directId: string;
}

/** Uploads and downloads whose bytes do not pass through the service. Throws `NoDirectUploads` where the store has no such way. */
@Injectable()
export class DirectService {
  constructor(
    private readonly uploads: UploadsRepository,
    private readonly readable: UploadsService,
    private readonly lifecycle: UploadLifecycle,
    private readonly completion: Completion,
    private readonly transfers: Transfers,
    private readonly store: ObjectStore,
    private readonly usage: UsageService,
    private readonly audit: AuditLog,
    private readonly config: Config,
  ) {}

  /** Throws `UploadTooLarge`, `StorageQuotaExceeded`, `TooManyUploads`. */
  async begin(caller: Caller, fileName: string, bytes: number): Promise<DirectUpload> {
    const ways = this.ways();
    if (bytes > this.config.uploadMaxBytes) throw new UploadTooLarge(this.config.uploadMaxBytes);
    const limit = this.config.resumableUploadsPerWorkspace;
    if ((await this.uploads.countUnfinished(caller.workspaceId)) >= limit) throw TooManyUploads.unfinished(limit);
    await this.usage.refuseToStore(caller.workspaceId, bytes);
    const begun = await this.lifecycle.begin(caller, cleanFileName(fileName, 'upload.csv'), { length: bytes });
    const upload = { ...begun, direct_id: await ways.begin(rawKeyOf(begun)) };
    await this.uploads.change(upload, ['receiving'], { direct_id: upload.direct_id });
    const { partBytes, count } = new Parts(bytes);
    return { upload: shown(upload), part_bytes: partBytes, part_count: count };
  }

  /** Throws `UploadNotFound`, `UploadGone`, and `NoSuchPart` for a number that the upload does not have. */
  async parts(caller: Caller, uploadId: string, numbers: readonly number[]): Promise<DirectPartAddresses> {
    const { upload, directId } = await this.expected(caller, uploadId);
    const ways = this.ways();
    const parts = new Parts(Number(upload.length));
    const beyond = numbers.find((number) => number > parts.count);
    if (beyond !== undefined) throw new NoSuchPart(beyond, parts.count);
    await this.lifecycle.progressed(upload, upload.bytes);
    const addressOf = async (number: number) => ({
      part_number: number,
      bytes: parts.bytesOf(number),
      ...described(await ways.part(rawKeyOf(upload), directId, number)),
    });
    return { parts: await Promise.all(numbers.map(addressOf)) };
  }

  /** Throws `DirectPartsMissing`, and what every upload may be refused for. */
  async complete(caller: Caller, uploadId: string): Promise<Upload> {
    await this.find(caller, uploadId);
    const ways = this.ways();
    return this.transfers.alone(uploadId, async () => {
      const upload = await this.find(caller, uploadId);
      if (upload.status !== 'receiving') return shown(await this.readable.findReadable(caller.workspaceId, uploadId));
      const assemble = async () => {
        await this.assemble(ways, { upload, directId: upload.direct_id! });
        return this.read(upload);
      };
      return shown(await this.completion.complete(upload, assemble, caller.address));
    });
  }

  async file(caller: Caller, uploadId: string): Promise<DirectAddress> {
    const upload = await this.readable.findReadable(caller.workspaceId, uploadId);
    const as = { fileName: plainName(upload.file_name), contentType: 'application/octet-stream' };
    const address = described(await this.ways().download(upload.raw_key!, as));
    this.audit.note({ ...caller, action: 'upload.fetched', object: uploadId, outcome: 'allowed' });
    return address;
  }

  private ways(): DirectTransfers {
    if (!this.store.direct) throw new NoDirectUploads();
    return this.store.direct;
  }

  private async expected(caller: Caller, uploadId: string): Promise<Expected> {
    const upload = await this.find(caller, uploadId);
    if (upload.status === 'receiving') return { upload, directId: upload.direct_id! };
    throw new UploadGone(uploadId, 'it is complete or has ended, and takes no more parts.');
  }

  private async find({ workspaceId }: Caller, uploadId: string): Promise<UploadRow> {
    const upload = await this.uploads.find({ workspace_id: workspaceId, upload_id: uploadId });
    if (!upload || upload.direct_id === null) throw new UploadNotFound(uploadId);
    return upload;
  }

  private async assemble(ways: DirectTransfers, { upload, directId }: Expected): Promise<void> {
    const length = Number(upload.length);
    try {
      await ways.complete(rawKeyOf(upload), directId, length);
    } catch (error) {
      if (error instanceof ObjectLengthMismatch) throw new DirectPartsMissing(length, error.received);
      if (error instanceof DirectPartTooSmall) throw new DirectPartsMissing(length);
      if (!(error instanceof DirectUploadGone)) throw error;
      // An earlier request came so far, or the store has removed what was begun long ago.
      const stored = await this.store.head(rawKeyOf(upload));
      if (stored?.bytes !== length)
        throw new UploadInterrupted('The store has removed the parts: they are kept for a day.');
    }
  }

  private async read(upload: UploadRow) {
    const tally = new Tally();
    for await (const chunk of await this.store.get(rawKeyOf(upload))) tally.add(chunk as Uint8Array);
    return tally.received();
  }
}

function described({ url, expiresAt }: Address): DirectAddress {
  return { url, expires_at: expiresAt.toISOString() };
}

/** The name as a header can carry it. */
function plainName(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
}
