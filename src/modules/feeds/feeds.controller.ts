import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { entityTag } from '../../platform/versions/entity-tag.js';
import { IfMatch } from '../../platform/versions/if-match.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { ChangeFeed, CreateFeed, Feed, FeedPage } from './feed.dto.js';
import { FeedsService } from './feeds.service.js';

@ApiTags('Queries')
@Controller('feeds')
export class FeedsController {
  constructor(private readonly feeds: FeedsService) {}

  /** Give a saved query an address that stays the same, for Excel, Power BI, Tableau, Grafana and scripts. */
  @Post()
  @RequirePermission('feeds:write')
  @Idempotent()
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateFeed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Feed> {
    const created = await this.feeds.create(caller, input);
    void reply.header('location', `/api/v1/feeds/${created.feed_id}`);
    return tagged(reply, created);
  }

  /** The workspace's feeds, newest first. */
  @Get()
  @RequirePermission('feeds:read')
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<FeedPage> {
    return this.feeds.list(caller, page);
  }

  /** One feed and its addresses. */
  @Get(':feed_id')
  @RequirePermission('feeds:read')
  async get(
    @CurrentCaller() caller: Caller,
    @Param('feed_id') feedId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Feed> {
    return tagged(reply, await this.feeds.get(caller, feedId));
  }

  /** Change a feed; what is absent stays. Its addresses stay the same. */
  @Patch(':feed_id')
  @RequirePermission('feeds:write')
  @IfMatch()
  async change(
    @CurrentCaller() caller: Caller,
    @Param('feed_id') feedId: string,
    @Body() input: ChangeFeed,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Feed> {
    return tagged(reply, await this.feeds.change(caller, feedId, input, ifMatch));
  }

  /** Delete a feed. Its addresses stop working. */
  @Delete(':feed_id')
  @HttpCode(204)
  @RequirePermission('feeds:write')
  @IfMatch()
  delete(
    @CurrentCaller() caller: Caller,
    @Param('feed_id') feedId: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.feeds.delete(caller, feedId, ifMatch);
  }
}

function tagged(reply: FastifyReply, feed: Feed): Feed {
  void reply.header('etag', entityTag(feed.version));
  return feed;
}
