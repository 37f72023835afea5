import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendEvents } from '../../platform/http/sse.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { JobPage, JobsQuery, JobView } from './job.dto.js';
import { JobsService } from './jobs.service.js';

@ApiTags('Operations')
@Controller('jobs')
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  /** The background jobs of the workspace, newest first. */
  @Get()
  @RequirePermission('jobs:read')
  list(@CurrentCaller() caller: Caller, @Query() query: JobsQuery): Promise<JobPage> {
    return this.jobs.list(caller, query);
  }

  /** One job with its latest progress. */
  @Get(':job_id')
  @RequirePermission('jobs:read')
  get(@CurrentCaller() caller: Caller, @Param('job_id') jobId: string): Promise<JobView> {
    return this.jobs.get(caller, jobId);
  }

  /** Cancel a job. A queued one ends at once, a running one within about a second. */
  @Post(':job_id/cancel')
  @HttpCode(202)
  @RequirePermission('jobs:write')
  cancel(@CurrentCaller() caller: Caller, @Param('job_id') jobId: string): Promise<JobView> {
    return this.jobs.cancel(caller, jobId);
  }

  /** Put a failed or cancelled job back into the queue with fresh attempts. A job whose purpose is over fails again and says so. */
  @Post(':job_id/retry')
  @HttpCode(202)
  @RequirePermission('jobs:write')
  retry(@CurrentCaller() caller: Caller, @Param('job_id') jobId: string): Promise<JobView> {
    return this.jobs.retry(caller, jobId);
  }

  /** Follow a job as Server-Sent Events until it has ended. The ids count 1, 2, 3 …; send the last one as `Last-Event-ID` to go on. */
  @Get(':job_id/events')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Ends when the job has ended.', schema: { type: 'string' } })
  @RequirePermission('jobs:read')
  follow(
    @CurrentCaller() caller: Caller,
    @Param('job_id') jobId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendEvents(request, reply, (after, signal) => this.jobs.follow(caller, jobId, after, signal));
  }
}
