import { Controller, Delete, Head, HttpCode, Options, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiHeader, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../../config/config.js';
import { Public, RequirePermission } from '../../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../../access/caller.js';
import { ResumableService } from './resumable.service.js';
import {
  assertTusVersion,
  byteHeader,
  fileNameOf,
  metadataOf,
  tusContentType,
  tusExtensions,
  tusVersion,
} from './tus.js';
import type { UploadRow } from '../uploads.repository.js';

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
  async create(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    begin(request, reply);
    const upload = await this.resumable.create(
      caller,
      fileNameOf(request.headers),
      byteHeader(request.headers, 'Upload-Length'),
    );
    void reply.headers({ location: `${base}/resumable/${upload.upload_id}`, 'upload-id': upload.upload_id });
    if (request.headers['content-type'] === undefined || upload.status !== 'receiving')
      return describe(reply, upload, 0);
    const resumed = await this.resumable.append(caller, upload.upload_id, 0, request);
    describe(reply, resumed.upload, resumed.offset);
  }

  /** How many bytes of a resumable upload have arrived: `Upload-Offset` is where to go on. */
  @Head(':upload_id')
  @RequirePermission('uploads:write')
  async offset(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    begin(request, reply);
    const { upload, offset } = await this.resumable.resume(caller, uploadId);
    describe(reply, upload, offset);
    void reply.headers({
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
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    begin(request, reply);
    const given = byteHeader(request.headers, 'Upload-Offset');
    const { upload, offset } = await this.resumable.append(caller, uploadId, given, request);
    describe(reply, upload, offset);
    if (upload.status !== 'receiving')
      void reply.headers({ location: `${base}/${upload.upload_id}`, 'upload-id': upload.upload_id });
  }

  /** Give up an unfinished resumable upload; its bytes are deleted. */
  @Delete(':upload_id')
  @HttpCode(204)
  @RequirePermission('uploads:write')
  async terminate(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    begin(request, reply);
    await this.resumable.terminate(caller, uploadId);
  }
}

/** Every answer of the protocol, errors too, names its version. */
function begin(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('tus-resumable', tusVersion);
  assertTusVersion(request.headers);
}

function describe(reply: FastifyReply, upload: UploadRow, offset: number): void {
  void reply.header('upload-offset', String(offset));
  if (upload.status === 'receiving') void reply.header('upload-expires', new Date(upload.expires_at).toUTCString());
}
