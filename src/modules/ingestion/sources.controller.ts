import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { entityTag } from '../../platform/versions/entity-tag.js';
import { IfMatch } from '../../platform/versions/if-match.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import {
  ChangeSource,
  ConnectionTest,
  CreateSource,
  DeleteSourceQuery,
  RequestSync,
  Source,
  SourcePage,
  SourcesQuery,
  SourceSync,
  SourceSyncPage,
  SyncsQuery,
  TestSource,
} from './source.dto.js';
import { SourceLifecycle } from './source-lifecycle.js';
import { SourcesService } from './sources.service.js';
import { SyncsService } from './syncs.service.js';

@ApiTags('Ingestion')
@Controller('sources')
export class SourcesController {
  constructor(
    private readonly sources: SourcesService,
    private readonly lifecycle: SourceLifecycle,
    private readonly syncs: SyncsService,
  ) {}

  /** Connect Slack, GitLab or Backlog. Its documents are read at once, and then by its schedule and its webhooks. */
  @Post()
  @Idempotent()
  @RequirePermission('sources:write')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateSource,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Source> {
    const created = await this.sources.create(caller, input);
    void reply.header('location', `/api/v1/sources/${created.source_id}`);
    return tagged(reply, created);
  }

  /** The sources of the workspace, the oldest first. */
  @Get()
  @RequirePermission('sources:read')
  list(@CurrentCaller() caller: Caller, @Query() { include }: SourcesQuery): Promise<SourcePage> {
    return this.sources.list(caller, include);
  }

  /** Try a connection out before anything is stored: as whom it reads, and what it can read. */
  @Post('test')
  @HttpCode(200)
  @RequirePermission('sources:write')
  test(@CurrentCaller() caller: Caller, @Body() input: TestSource): Promise<ConnectionTest> {
    return this.sources.test(caller, input);
  }

  /** One source with its latest sync and its next one. Its secret is never shown. */
  @Get(':source_id')
  @RequirePermission('sources:read')
  async get(
    @CurrentCaller() caller: Caller,
    @Param('source_id') sourceId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Source> {
    return tagged(reply, await this.sources.get(caller, sourceId));
  }

  /** Change a source; what is absent stays. A changed configuration is followed by a full sync. */
  @Patch(':source_id')
  @RequirePermission('sources:write')
  @IfMatch()
  async change(
    @CurrentCaller() caller: Caller,
    @Param('source_id') sourceId: string,
    @Body() input: ChangeSource,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Source> {
    return tagged(reply, await this.sources.change(caller, sourceId, input, ifMatch));
  }

  /** Delete a source: nobody finds its documents from now on. They are removed after some days; until then it can be restored. */
  @Delete(':source_id')
  @HttpCode(204)
  @RequirePermission('sources:write')
  delete(
    @CurrentCaller() caller: Caller,
    @Param('source_id') sourceId: string,
    @Query() { confirm }: DeleteSourceQuery,
  ): Promise<void> {
    return this.lifecycle.delete(caller, sourceId, confirm);
  }

  /** Bring a deleted source back with all its documents, and read what was missed. */
  @Post(':source_id/restore')
  @HttpCode(200)
  @RequirePermission('sources:write')
  restore(@CurrentCaller() caller: Caller, @Param('source_id') sourceId: string): Promise<Source> {
    return this.lifecycle.restore(caller, sourceId);
  }

  /** Try a stored source’s connection out. */
  @Post(':source_id/test')
  @HttpCode(200)
  @RequirePermission('sources:write')
  testStored(@CurrentCaller() caller: Caller, @Param('source_id') sourceId: string): Promise<ConnectionTest> {
    return this.sources.testStored(caller, sourceId);
  }

  /** Stop reading a source until it is resumed. Its documents stay to be found. */
  @Post(':source_id/pause')
  @HttpCode(200)
  @RequirePermission('sources:write')
  pause(@CurrentCaller() caller: Caller, @Param('source_id') sourceId: string): Promise<Source> {
    return this.lifecycle.pause(caller, sourceId);
  }

  /** Read a paused source again, and what was missed first. */
  @Post(':source_id/resume')
  @HttpCode(200)
  @RequirePermission('sources:write')
  resume(@CurrentCaller() caller: Caller, @Param('source_id') sourceId: string): Promise<Source> {
    return this.lifecycle.resume(caller, sourceId);
  }

  /** Read a source now. One run at a time reads it: one that waits or goes on already is returned, and does this as well. */
  @Post(':source_id/sync')
  @HttpCode(202)
  @RequirePermission('sources:write')
  async sync(
    @CurrentCaller() caller: Caller,
    @Param('source_id') sourceId: string,
    @Body() { mode }: RequestSync,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SourceSync> {
    const sync = await this.syncs.request(caller, sourceId, mode);
    void reply.header('location', `/api/v1/jobs/${sync.job_id}`);
    return sync;
  }

  /** The runs over a source with what they did, the newest first. */
  @Get(':source_id/jobs')
  @RequirePermission('sources:read')
  history(
    @CurrentCaller() caller: Caller,
    @Param('source_id') sourceId: string,
    @Query() query: SyncsQuery,
  ): Promise<SourceSyncPage> {
    return this.syncs.list(caller, sourceId, query);
  }
}

function tagged(reply: FastifyReply, source: Source): Source {
  void reply.header('etag', entityTag(source.version));
  return source;
}
