import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendEvents, type ServerSentEvent } from '../../platform/http/sse.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import type { Run } from './run.js';
import { RespondRequest, RunView } from './run.dto.js';
import { RunsService } from './runs.service.js';

@ApiTags('Chat')
@Controller('runs')
export class RunsController {
  constructor(private readonly runs: RunsService) {}

  /** Where a run stands. */
  @Get(':run_id')
  @RequirePermission('chat:use')
  async get(@CurrentCaller() caller: Caller, @Param('run_id') runId: string): Promise<RunView> {
    return shown(await this.runs.get(caller, runId));
  }

  /** Follow a run as Server-Sent Events until it has ended. Send the last id as `Last-Event-ID`, or `?after=`, to go on. */
  @Get(':run_id/events')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'The events of the socket, one for one.', schema: { type: 'string' } })
  @RequirePermission('chat:use')
  follow(
    @CurrentCaller() caller: Caller,
    @Param('run_id') runId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendEvents(request, reply, (after, signal) => this.events(caller, runId, after, signal));
  }

  /** Stop a run: the model and the query end within a second. What was said is kept, and marked. */
  @Post(':run_id/cancel')
  @HttpCode(200)
  @RequirePermission('chat:use')
  async cancel(@CurrentCaller() caller: Caller, @Param('run_id') runId: string): Promise<RunView> {
    return shown(await this.runs.cancel(caller, runId));
  }

  /** Answer what a run asks. It then goes on; follow its events from the last one that you have. */
  @Post(':run_id/respond')
  @HttpCode(202)
  @RequirePermission('chat:use')
  async respond(
    @CurrentCaller() caller: Caller,
    @Param('run_id') runId: string,
    @Body() { interrupt_id: interruptId, value }: RespondRequest,
  ): Promise<RunView> {
    return shown(await this.runs.respond(caller, runId, { interruptId, value }));
  }

  private async *events(
    caller: Caller,
    runId: string,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<ServerSentEvent> {
    for await (const { seq, type, text } of this.runs.follow(caller, runId, after, signal))
      yield { id: seq, event: type, text };
  }
}

function shown(run: Run): RunView {
  return {
    run_id: run.run_id,
    conversation_id: run.conversation_id,
    message_id: run.message_id,
    state: run.state,
    interrupt: run.interrupt ?? null,
    problem: run.problem === undefined ? null : (JSON.parse(run.problem) as object),
    created_at: run.created_at,
    finished_at: run.finished_at ?? null,
  };
}
