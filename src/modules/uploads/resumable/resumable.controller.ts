import { Controller, Delete, Head, HttpCode, Options, Param, Patch, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiHeader, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Config } from '../../../config/config.js';
import { Public, RequirePermission } from '../../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../../access/caller.js';
import { ResumableService } from './resumable.service.js';
import { byteHeader, fileNameOf, metadataOf, tusContentType, tusExtensions, tusVersion } from './tus.js';
import { Tus, TusExchange } from './tus-exchange.js';

const base = '/api/v1/uploads';

/** Uploads that survive lost connections and restarts, in the tus 1.0 protocol: use any tus client. */
@ApiTags('Data in')
@ApiHeader({ name: 'Tus-Resumable', required: true, description: 'Always 1.0.0.' })
@Controller('uploads/resumable')
export class ResumableController {
  constructor(
    private readonly resumable: ResumableService,
    private readonly config: Config,
  ) {}

  /** What the resumable endpoint can do. */
  @Options()
  @Public()
  @HttpCode(204)
  options(@Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.headers({
      'tus-resumable': tusVersion,
      'tus-version': tusVersion,
      'tus-extension': tusExtensions,
      'tus-max-size': String(this.config.uploadMaxBytes),
    });
  }

  /** Announce a resumable upload. `Location` says where to send its bytes, `Upload-Id` under which id it is listed. */
  @Post()
  @HttpCode(201)
  @RequirePermission('uploads:write')
  @RouteConfig({ bodies: [tusContentType] })
  @ApiHeader({ name: 'Upload-Length', required: true, description: 'Size of the whole file in bytes.' })
  @ApiHeader({ name: 'Upload-Metadata', required: false, description: 'filename and its value in base64.' })
  async create(@CurrentCaller() caller: Caller, @Tus() exchange: TusExchange): Promise<void> {
    const upload = await this.resumable.create(
      caller,
      fileNameOf(exchange.headers),
      byteHeader(exchange.headers, 'Upload-Length'),
    );
    exchange.answer({ location: `${base}/resumable/${upload.upload_id}`, 'upload-id': upload.upload_id });
    if (exchange.headers['content-type'] === undefined || upload.status !== 'receiving')
      return exchange.describe({ upload, offset: 0 });
    exchange.describe(await this.resumable.append(caller, upload.upload_id, 0, exchange.request));
  }

  /** How many bytes of a resumable upload have arrived: `Upload-Offset` is where to go on. */
  @Head(':upload_id')
  @RequirePermission('uploads:write')
  async offset(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Tus() exchange: TusExchange,
  ): Promise<void> {
    const resumed = await this.resumable.resume(caller, uploadId);
    exchange.describe(resumed);
    const { upload } = resumed;
    exchange.answer({
      'upload-length': String(upload.length),
      'upload-metadata': metadataOf(upload.file_name),
      'cache-control': 'no-store',
    });
  }

  /** Send bytes of a resumable upload from `Upload-Offset` on. With the last ones it becomes ready: `Location` then leads to it. */
  @Patch(':upload_id')
  @HttpCode(204)
  @RequirePermission('uploads:write')
  @RouteConfig({ bodies: [tusContentType] })
  @ApiHeader({ name: 'Upload-Offset', required: true, description: 'Where these bytes begin in the file.' })
  @ApiNoContentResponse({ description: '`Upload-Offset` says how many bytes have arrived.' })
  async append(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Tus() exchange: TusExchange,
  ): Promise<void> {
    const given = byteHeader(exchange.headers, 'Upload-Offset');
    const resumed = await this.resumable.append(caller, uploadId, given, exchange.request);
    exchange.describe(resumed);
    const { upload_id: id, status } = resumed.upload;
    if (status !== 'receiving') exchange.answer({ location: `${base}/${id}`, 'upload-id': id });
  }

  /** Give up an unfinished resumable upload; its bytes are deleted. */
  @Delete(':upload_id')
  @HttpCode(204)
  @RequirePermission('uploads:write')
  async terminate(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Tus() _exchange: TusExchange,
  ): Promise<void> {
    await this.resumable.terminate(caller, uploadId);
  }
}
