import { Controller, Get, Header, Param, Query as QueryString, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFile } from '../../platform/http/send-file.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { contentTypes } from './domain/content-types.js';
import { DownloadOptions, ResultQuery, ResultRows } from './query.dto.js';
import { QueryResultsService } from './query-results.service.js';

@ApiTags('Queries')
@Controller('queries/:query_id')
export class QueryResultsController {
  constructor(private readonly results: QueryResultsService) {}

  /** One page of a query's result. All pages show the same result; it is deleted after `QUERY_RESULT_DAYS`. */
  @Get('results')
  @Header('content-type', 'application/json; charset=utf-8')
  @RequirePermission('queries:read')
  @ApiOkResponse({ type: ResultRows })
  page(
    @CurrentCaller() caller: Caller,
    @Param('query_id') queryId: string,
    @QueryString() query: ResultQuery,
  ): Promise<string> {
    return this.results.page(caller, queryId, query);
  }

  /**
   * The whole result as a file. In CSV, cells that a spreadsheet would take for a formula begin with an apostrophe,
   * unless `raw=true`.
   */
  @Get('download')
  @RequirePermission('queries:read')
  @ApiProduces(...Object.values(contentTypes))
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  download(
    @CurrentCaller() caller: Caller,
    @Param('query_id') queryId: string,
    @QueryString() options: DownloadOptions,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendFile(request, reply, {
      name: `${queryId}.${options.format}`,
      contentType: contentTypes[options.format],
      open: (signal) => this.results.download(caller, queryId, options, signal),
    });
  }
}
