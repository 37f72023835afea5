import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendEvents } from '../../platform/http/sse.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { Crawl, CrawlPage, CrawlsQuery, StartCrawl } from './crawl.dto.js';
import { CrawlEvents } from './crawl-events.js';
import { CrawlsService } from './crawls.service.js';

@ApiTags('Catalog')
@Controller('crawls')
export class CrawlsController {
  constructor(
    private readonly crawls: CrawlsService,
    private readonly events: CrawlEvents,
  ) {}

  /** Read a data set’s stored files again and bring the catalog up to date. A crawl that is running already is returned, not doubled. */
  @Post()
  @HttpCode(202)
  @Idempotent()
  @RequirePermission('crawls:write')
  async start(
    @CurrentCaller() caller: Caller,
    @Body() { dataset }: StartCrawl,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Crawl> {
    const crawl = await this.crawls.start(caller, dataset);
    void reply.header('location', `/api/v1/crawls/${crawl.crawl_id}`);
    return crawl;
  }

  /** Crawls, newest first. */
  @Get()
  @RequirePermission('crawls:read')
  list(@CurrentCaller() caller: Caller, @Query() query: CrawlsQuery): Promise<CrawlPage> {
    return this.crawls.list(caller, query);
  }

  /** One crawl with its phase and progress, or with what it changed. */
  @Get(':crawl_id')
  @RequirePermission('crawls:read')
  get(@CurrentCaller() caller: Caller, @Param('crawl_id') crawlId: string): Promise<Crawl> {
    return this.crawls.get(caller, crawlId);
  }

  /** Stop a crawl, with the conversion before it if that is still running: then nothing of the submitted file is kept published. */
  @Post(':crawl_id/stop')
  @HttpCode(202)
  @RequirePermission('crawls:write')
  stop(@CurrentCaller() caller: Caller, @Param('crawl_id') crawlId: string): Promise<Crawl> {
    return this.crawls.stop(caller, crawlId);
  }

  /** Follow a crawl as Server-Sent Events until it has ended: `progress`, `retrying`, then `succeeded`, `failed` or `stopped` with the crawl. */
  @Get(':crawl_id/events')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Ends when the crawl has ended.', schema: { type: 'string' } })
  @RequirePermission('crawls:read')
  follow(
    @CurrentCaller() caller: Caller,
    @Param('crawl_id') crawlId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendEvents(request, reply, (after, signal) => this.events.follow(caller, crawlId, after, signal));
  }
}
