import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../../config/config.js';
import type { Caller } from '../../access/caller.js';
import { IdempotencyKeyReused } from '../../idempotency/errors.js';
import { type Claim, IdempotencyService } from '../../idempotency/idempotency.service.js';
import { shown } from '../domain/uploads.js';
import { Upload } from '../upload.dto.js';
import { UploadReceiver } from './receiver.js';
import { Transfers } from './transfers.js';
import { openBody, type UploadBody } from './upload-body.js';

const call = 'POST /uploads';
/** More than the lines around the one file of a form. */
const formBytes = 16 * 1024;

/** Takes the file of a request, once for each Idempotency-Key: the same file again gets the first one's answer. */
@Injectable()
export class UploadOnce {
  constructor(
    private readonly receiver: UploadReceiver,
    private readonly transfers: Transfers,
    private readonly idempotency: IdempotencyService,
    private readonly config: Config,
  ) {}

  async take(caller: Caller, request: FastifyRequest, fileName: string | undefined): Promise<Upload> {
    const announced = request.headers['content-length'];
    const length = announced === undefined ? undefined : Number(announced);
    await this.receiver.assertAcceptable(caller, length, request.isMultipart() ? formBytes : 0);
    return this.transfers.within(caller.workspaceId, async () => {
      const key = request.headers['idempotency-key'];
      const open = () => openBody(request, fileName, this.config.uploadIdleSeconds);
      if (typeof key !== 'string') return shown(await this.receiver.receive(caller, await open()));
      const begun = await this.idempotency.begin(caller, call, key, '');
      if ('status' in begun) return this.repeat(caller, key, begun.body, await open());
      return this.first(caller, begun, open);
    });
  }

  private async first(caller: Caller, claim: Claim, open: () => Promise<UploadBody>): Promise<Upload> {
    try {
      const upload = shown(await this.receiver.receive(caller, await open()));
      const answer = { status: 201, headers: {}, body: JSON.stringify(upload) };
      await this.idempotency.finish(claim, answer, fingerprint(upload.file_name, upload.sha256!));
      return upload;
    } catch (error) {
      await this.idempotency.abandon(claim);
      throw error;
    }
  }

  /** The bytes have to be read again to know whether they are the same. */
  private async repeat(caller: Caller, key: string, answer: string, body: UploadBody): Promise<Upload> {
    const given = fingerprint(body.fileName, await this.receiver.hash(body));
    if ((await this.idempotency.fingerprint(caller, call, key)) !== given) throw new IdempotencyKeyReused(key);
    return JSON.parse(answer) as Upload;
  }
}

function fingerprint(fileName: string, sha256: string): string {
  return createHash('sha256').update(`${fileName}\n${sha256}`).digest('hex');
}
