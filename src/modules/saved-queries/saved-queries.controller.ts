import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { entityTag } from '../../platform/versions/entity-tag.js';
import { IfMatch } from '../../platform/versions/if-match.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { QueriesService } from '../queries/queries.service.js';
import { QueryAnswers } from '../queries/query-answers.js';
import { Query as RunningQuery, QueryWithRows } from '../queries/query.dto.js';
import { bindParameters } from './domain/bind-parameters.js';
import { ChangeSavedQuery, CreateSavedQuery, RunSavedQuery, SavedQuery, SavedQueryPage } from './saved-query.dto.js';
import { SavedQueriesService } from './saved-queries.service.js';

@ApiTags('Queries')
@Controller('saved-queries')
export class SavedQueriesController {
  constructor(
    private readonly savedQueries: SavedQueriesService,
    private readonly queries: QueriesService,
    private readonly answers: QueryAnswers,
  ) {}

  /** Save a query under a name. Statement and parameters are checked now. */
  @Post()
  @RequirePermission('saved_queries:write')
  @Idempotent()
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateSavedQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedQuery> {
    const created = await this.savedQueries.create(caller, input);
    void reply.header('location', `/api/v1/saved-queries/${created.saved_query_id}`);
    return tagged(reply, created);
  }

  /** The workspace's saved queries, newest first. */
  @Get()
  @RequirePermission('saved_queries:read')
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<SavedQueryPage> {
    return this.savedQueries.list(caller, page);
  }

  /** One saved query. */
  @Get(':saved_query_id')
  @RequirePermission('saved_queries:read')
  async get(
    @CurrentCaller() caller: Caller,
    @Param('saved_query_id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedQuery> {
    return tagged(reply, await this.savedQueries.get(caller, id));
  }

  /** Change a saved query; what is absent stays. Feeds made from it show the change at their next run. */
  @Patch(':saved_query_id')
  @RequirePermission('saved_queries:write')
  @IfMatch()
  async change(
    @CurrentCaller() caller: Caller,
    @Param('saved_query_id') id: string,
    @Body() input: ChangeSavedQuery,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedQuery> {
    return tagged(reply, await this.savedQueries.change(caller, id, input, ifMatch));
  }

  /** Delete a saved query that no feed uses. */
  @Delete(':saved_query_id')
  @HttpCode(204)
  @RequirePermission('saved_queries:write')
  @IfMatch()
  delete(
    @CurrentCaller() caller: Caller,
    @Param('saved_query_id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.savedQueries.delete(caller, id, ifMatch);
  }

  /** Run a saved query with values for its parameters. The answers are those of POST /queries. */
  @Post(':saved_query_id/run')
  @HttpCode(200)
  @RequirePermission('saved_queries:read')
  @Idempotent()
  @ApiResponse({ status: 200, description: 'The query has ended.', type: QueryWithRows })
  @ApiResponse({ status: 202, description: 'The query is queued or running; follow Location.', type: RunningQuery })
  async run(
    @CurrentCaller() caller: Caller,
    @Param('saved_query_id') id: string,
    @Body() input: RunSavedQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { sql, parameters } = await this.savedQueries.get(caller, id);
    const statement = bindParameters(sql, parameters, { values: input.parameters ?? {}, pointer: '/parameters/' });
    const live = await this.queries.run(caller, statement);
    this.savedQueries.noteRun(caller, id, live.row.query_id);
    return this.answers.whenEnded(live, input.wait_ms, reply);
  }
}

function tagged(reply: FastifyReply, savedQuery: SavedQuery): SavedQuery {
  void reply.header('etag', entityTag(savedQuery.version));
  return savedQuery;
}
