import { Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import {
  Dataset,
  DatasetPage,
  DatasetsQuery,
  DatasetVersion,
  RejectsQuery,
  Submitted,
  VersionPage,
} from './dataset.dto.js';
import { DatasetsService } from './datasets.service.js';
import { DatasetDeletion } from './deleting/dataset-deletion.js';
import { SubmitService } from './publishing/submit.service.js';

@ApiTags('Data in')
@Controller('datasets')
export class DatasetsController {
  constructor(
    private readonly datasets: DatasetsService,
    private readonly deletion: DatasetDeletion,
    private readonly submissions: SubmitService,
  ) {}

  /** The data sets of the workspace, in the order of their names. */
  @Get()
  @RequirePermission('datasets:read')
  list(@CurrentCaller() caller: Caller, @Query() query: DatasetsQuery): Promise<DatasetPage> {
    return this.datasets.list(caller, query);
  }

  /** One data set, as its current version has it. */
  @Get(':dataset')
  @RequirePermission('datasets:read')
  get(@CurrentCaller() caller: Caller, @Param('dataset') dataset: string): Promise<Dataset> {
    return this.datasets.get(caller, dataset);
  }

  /** Delete a data set with all its versions, its uploaded files and its table. It is gone at once; running queries end undisturbed. */
  @Delete(':dataset')
  @HttpCode(204)
  @RequirePermission('datasets:delete')
  delete(@CurrentCaller() caller: Caller, @Param('dataset') dataset: string): Promise<void> {
    return this.deletion.delete(caller, dataset);
  }

  /** The versions of a data set, newest first, also those that failed. */
  @Get(':dataset/versions')
  @RequirePermission('datasets:read')
  listVersions(
    @CurrentCaller() caller: Caller,
    @Param('dataset') dataset: string,
    @Query() page: PageQuery,
  ): Promise<VersionPage> {
    return this.datasets.listVersions(caller, dataset, page);
  }

  /** One version with its columns and row counts. */
  @Get(':dataset/versions/:version')
  @RequirePermission('datasets:read')
  getVersion(
    @CurrentCaller() caller: Caller,
    @Param('dataset') dataset: string,
    @Param('version') version: string,
  ): Promise<DatasetVersion> {
    return this.datasets.getVersion(caller, dataset, version);
  }

  /** Make the rows of an earlier version current again, as a new version, and crawl it. */
  @Post(':dataset/versions/:version/restore')
  @HttpCode(202)
  @Idempotent()
  @RequirePermission('datasets:write')
  async restore(
    @CurrentCaller() caller: Caller,
    @Param('dataset') dataset: string,
    @Param('version') version: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Submitted> {
    const restored = await this.submissions.restore(caller, dataset, version);
    void reply.header('location', `/api/v1/crawls/${restored.crawl_id}`);
    return restored;
  }

  /** Download the rows of a version’s file that did not fit, as CSV: line, column, value, reason. */
  @Get(':dataset/versions/:version/rejects')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @RequirePermission('datasets:read')
  async rejects(
    @CurrentCaller() caller: Caller,
    @Param('dataset') dataset: string,
    @Param('version') version: string,
    @Query() { raw }: RejectsQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const csv = await this.datasets.rejects(caller, dataset, version, raw);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${dataset}-v${version}-rejects.csv"`)
      .send(csv);
  }
}
