import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { fileContentTypes } from './receiving/body-parsers.js';
import { UploadOnce } from './receiving/upload-once.js';
import { Upload, UploadPage, UploadQuery } from './upload.dto.js';
import { UploadsService } from './uploads.service.js';

@ApiTags('Data in')
@Controller('uploads')
export class UploadsController {
  constructor(
    private readonly uploads: UploadsService,
    private readonly once: UploadOnce,
  ) {}

  /**
   * Upload a CSV file: a form with the one field `file`, or the file itself as the body.
   *
   * Takes CSV, TSV and other delimited text in any usual encoding, as it is or compressed with gzip. As the body the file
   * comes with the content type text/csv, text/tab-separated-values, application/gzip or application/octet-stream, and its
   * name in `file_name`. The answer comes when the file is safely stored. An empty file is taken too; its preview says so.
   */
  @Post()
  @HttpCode(201)
  @RequirePermission('uploads:write')
  @RouteConfig({ bodies: fileContentTypes })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    required: true,
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'Makes a retry harmless: the same key and file get the same upload, the same key with another file is 422.',
  })
  async create(
    @CurrentCaller() caller: Caller,
    @Query() { file_name: fileName }: UploadQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Upload> {
    const upload = await this.once.take(caller, request, fileName);
    void reply.header('location', `/api/v1/uploads/${upload.upload_id}`);
    return upload;
  }

  /** The uploads of the workspace, newest first, with those that are still arriving. */
  @Get()
  @RequirePermission('uploads:read')
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<UploadPage> {
    return this.uploads.list(caller, page);
  }

  /** One upload. */
  @Get(':upload_id')
  @RequirePermission('uploads:read')
  get(@CurrentCaller() caller: Caller, @Param('upload_id') uploadId: string): Promise<Upload> {
    return this.uploads.get(caller, uploadId);
  }

  /** Delete an upload and its file. One that a data set holds stays (409). */
  @Delete(':upload_id')
  @HttpCode(204)
  @RequirePermission('uploads:write')
  delete(@CurrentCaller() caller: Caller, @Param('upload_id') uploadId: string): Promise<void> {
    return this.uploads.delete(caller, uploadId);
  }
}
