import { applyDecorators, Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequirePermission, TokenInQuery } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { contentTypes } from '../queries/domain/content-types.js';
import { FeedFiles, type FeedFormat } from './feed-files.js';

/** What all three addresses of a feed have in common. Parameters of the saved query are taken from the address. */
function FeedAddress(format: FeedFormat) {
  return applyDecorators(
    RequirePermission('feeds:read'),
    TokenInQuery(),
    ApiQuery({
      name: 'raw',
      required: false,
      schema: { type: 'boolean' },
      description: 'Leave CSV cells that a spreadsheet would take for a formula as they are.',
    }),
    ApiProduces(contentTypes[format]),
    ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } }),
    ApiResponse({ status: 304, description: 'The reader’s copy is still right.' }),
  );
}

@ApiTags('Queries')
@Controller('feeds')
export class FeedFilesController {
  constructor(private readonly files: FeedFiles) {}

  /** Read a feed as CSV. The saved query runs when the stored result is older than the feed’s `max_age_seconds`. */
  @Get(':feed_id.csv')
  @FeedAddress('csv')
  csv(
    @CurrentCaller() caller: Caller,
    @Param('feed_id') feedId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.files.send(caller, feedId, 'csv', request, reply);
  }

  /** Read a feed as a JSON array of objects. */
  @Get(':feed_id.json')
  @FeedAddress('json')
  json(
    @CurrentCaller() caller: Caller,
    @Param('feed_id') feedId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.files.send(caller, feedId, 'json', request, reply);
  }

  /** Read a feed as Parquet. */
  @Get(':feed_id.parquet')
  @FeedAddress('parquet')
  parquet(
    @CurrentCaller() caller: Caller,
    @Param('feed_id') feedId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.files.send(caller, feedId, 'parquet', request, reply);
  }
}
