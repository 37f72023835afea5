import { Body, Controller, Get, Headers, Param, Put, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { ChangeContract, Contract } from './contract.dto.js';
import { ContractsService } from './contracts.service.js';
import { Preview, PreviewQuery } from './preview.dto.js';
import { PreviewsService } from './previews.service.js';

@ApiTags('Data in')
@Controller('uploads/:upload_id')
export class PreviewsController {
  constructor(
    private readonly previews: PreviewsService,
    private readonly contracts: ContractsService,
  ) {}

  /** The first rows of an upload with inferred types and warnings, read as detected or as you say. */
  @Get('preview')
  @RequirePermission('uploads:read')
  @ApiOkResponse({ type: Preview })
  async preview(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Query() query: PreviewQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { etag, body } = await this.previews.get(caller, uploadId, query);
    void reply.header('etag', etag);
    if (known?.split(',').some((each) => each.trim() === etag)) {
      void reply.status(304);
      return undefined;
    }
    void reply.header('content-type', 'application/json; charset=utf-8');
    return body;
  }

  /** The contract that a submit will apply: proposed from the first rows, until you set it. */
  @Get('contract')
  @RequirePermission('uploads:read')
  async contract(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Contract> {
    const { contract, etag } = await this.contracts.get(caller, uploadId);
    void reply.header('etag', etag);
    return contract;
  }

  /** Set the contract: rename, retype or drop columns, or read the file with another dialect. */
  @Put('contract')
  @RequirePermission('uploads:write')
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      'The ETag of the contract that the change is based on: if somebody else has changed it meanwhile, 412.',
  })
  async setContract(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Body() change: ChangeContract,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Contract> {
    const { contract, etag } = await this.contracts.put(caller, uploadId, change, ifMatch);
    void reply.header('etag', etag);
    return contract;
  }
}
