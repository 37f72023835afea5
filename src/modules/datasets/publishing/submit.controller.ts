import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../../access/caller.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { Submitted, SubmitUpload } from '../dataset.dto.js';
import { SubmitService } from './submit.service.js';

@ApiTags('Data in')
@Controller('uploads/:upload_id/submit')
export class SubmitController {
  constructor(private readonly submissions: SubmitService) {}

  /**
   * Publish an upload as a new version of a data set, under its contract.
   *
   * Every row is read. Columns whose type you have set keep it, and values that do not fit are rejected and kept apart;
   * all other columns widen to fit every value. `Location` is what to follow: the crawl, or the version when no crawl is
   * asked for.
   */
  @Post()
  @HttpCode(202)
  @Idempotent()
  @RequirePermission('datasets:write')
  async submit(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Body() input: SubmitUpload,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Submitted> {
    const submitted = await this.submissions.submit(caller, uploadId, input);
    const { dataset, version, crawl_id: crawlId } = submitted;
    const path = crawlId === null ? `datasets/${dataset}/versions/${version}` : `crawls/${crawlId}`;
    void reply.header('location', `/api/v1/${path}`);
    return submitted;
  }
}
