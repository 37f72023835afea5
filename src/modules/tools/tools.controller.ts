import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { entityTag } from '../../platform/versions/entity-tag.js';
import { IfMatch } from '../../platform/versions/if-match.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { HttpToolsService } from './http-tools.service.js';
import { ChangeTool, CreateTool, HttpTool, TestTool, ToolPage, ToolTestResult } from './tool.dto.js';
import { ToolsService } from './tools.service.js';

@ApiTags('Chat')
@Controller('tools')
export class ToolsController {
  constructor(
    private readonly tools: ToolsService,
    private readonly httpTools: HttpToolsService,
  ) {}

  /** Register a tool that calls a service over HTTP, for chatbots to use. */
  @Post()
  @Idempotent()
  @RequirePermission('tools:write')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateTool,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HttpTool> {
    const created = await this.httpTools.create(caller, input);
    void reply.header('location', `/api/v1/tools/${created.name}`);
    return tagged(reply, created);
  }

  /** Every tool that chatbots of the workspace can be given, with the schema of its input. */
  @Get()
  @RequirePermission('chat:use')
  list(@CurrentCaller() caller: Caller): Promise<ToolPage> {
    return this.tools.list(caller);
  }

  /** One registered tool, with everything but its secret. */
  @Get(':tool')
  @RequirePermission('tools:write')
  async get(
    @CurrentCaller() caller: Caller,
    @Param('tool') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HttpTool> {
    return tagged(reply, await this.httpTools.get(caller, name));
  }

  /** Change a registered tool; what is absent stays. */
  @Patch(':tool')
  @RequirePermission('tools:write')
  @IfMatch()
  async change(
    @CurrentCaller() caller: Caller,
    @Param('tool') name: string,
    @Body() input: ChangeTool,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HttpTool> {
    return tagged(reply, await this.httpTools.change(caller, name, input, ifMatch));
  }

  /** Delete a registered tool. Chatbots that name it go on without it. */
  @Delete(':tool')
  @HttpCode(204)
  @RequirePermission('tools:write')
  @IfMatch()
  delete(
    @CurrentCaller() caller: Caller,
    @Param('tool') name: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.httpTools.delete(caller, name, ifMatch);
  }

  /** Call a tool and see what a language model would be given. */
  @Post(':tool/test')
  @HttpCode(200)
  @RequirePermission('tools:write')
  test(
    @CurrentCaller() caller: Caller,
    @Param('tool') name: string,
    @Body() { input }: TestTool,
  ): Promise<ToolTestResult> {
    return this.tools.test(caller, name, input);
  }
}

function tagged(reply: FastifyReply, tool: HttpTool): HttpTool {
  void reply.header('etag', entityTag(tool.version));
  return tool;
}
