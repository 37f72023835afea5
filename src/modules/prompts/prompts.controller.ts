import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFile } from '../../platform/http/send-file.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { contentTypes } from '../queries/domain/content-types.js';
import { DownloadOptions } from '../queries/query.dto.js';
import { AcceptedPrompt, CreatePrompt, ListPrompts, PromptPage, PromptRequest } from './prompt.dto.js';
import { PromptsService } from './prompts.service.js';

@ApiTags('Chat')
@Controller('prompts')
export class PromptsController {
  constructor(private readonly prompts: PromptsService) {}

  /** Ask a question and fetch the answer later. It is answered exactly once, with the rights that you have then. */
  @Post()
  @HttpCode(202)
  @RequirePermission('chat:use')
  @Idempotent()
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreatePrompt,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedPrompt> {
    const accepted = await this.prompts.create(caller, input);
    void reply.header('location', `/api/v1/prompts/${accepted.request_id}`);
    return accepted;
  }

  /** Your prompt requests, the latest first. */
  @Get()
  @RequirePermission('chat:use')
  list(@CurrentCaller() caller: Caller, @Query() filter: ListPrompts): Promise<PromptPage> {
    return this.prompts.list(caller, filter);
  }

  /** One of your prompt requests, with its answer once there is one. */
  @Get(':request_id')
  @RequirePermission('chat:use')
  get(@CurrentCaller() caller: Caller, @Param('request_id') requestId: string): Promise<PromptRequest> {
    return this.prompts.get(caller, requestId);
  }

  /** The rows behind an answer as a file. The address stays the same; the rows are deleted after `QUERY_RESULT_DAYS`. */
  @Get(':request_id/result')
  @RequirePermission('chat:use')
  @ApiProduces(...Object.values(contentTypes))
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  result(
    @CurrentCaller() caller: Caller,
    @Param('request_id') requestId: string,
    @Query() options: DownloadOptions,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendFile(request, reply, {
      name: `${requestId}.${options.format}`,
      contentType: contentTypes[options.format],
      open: (signal) => this.prompts.result(caller, requestId, options, signal),
    });
  }
}
