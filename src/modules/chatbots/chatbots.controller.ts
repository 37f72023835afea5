import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { entityTag } from '../../platform/versions/entity-tag.js';
import { IfMatch } from '../../platform/versions/if-match.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { ChangeChatbot, Chatbot, ChatbotPage, ChatbotVersionPage, CreateChatbot } from './chatbot.dto.js';
import { ChatbotsService } from './chatbots.service.js';

@ApiTags('Chat')
@Controller('chatbots')
export class ChatbotsController {
  constructor(private readonly chatbots: ChatbotsService) {}

  /** Make a chatbot. Tools and tables that it names must exist. */
  @Post()
  @Idempotent()
  @RequirePermission('chatbots:write')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateChatbot,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Chatbot> {
    const created = await this.chatbots.create(caller, input);
    void reply.header('location', `/api/v1/chatbots/${created.chatbot_id}`);
    return tagged(reply, created);
  }

  /** The workspace's chatbots. One comes with every workspace. */
  @Get()
  @RequirePermission('chat:use')
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<ChatbotPage> {
    return this.chatbots.list(caller, page);
  }

  /** One chatbot. */
  @Get(':chatbot_id')
  @RequirePermission('chat:use')
  async get(
    @CurrentCaller() caller: Caller,
    @Param('chatbot_id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Chatbot> {
    return tagged(reply, await this.chatbots.get(caller, id));
  }

  /** Change a chatbot; what is absent stays. This makes a new version; answers that are under way keep theirs. */
  @Patch(':chatbot_id')
  @RequirePermission('chatbots:write')
  @IfMatch()
  async change(
    @CurrentCaller() caller: Caller,
    @Param('chatbot_id') id: string,
    @Body() input: ChangeChatbot,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Chatbot> {
    return tagged(reply, await this.chatbots.change(caller, id, input, ifMatch));
  }

  /** Delete a chatbot with its versions. Neither the default one nor the one that came with the workspace. */
  @Delete(':chatbot_id')
  @HttpCode(204)
  @RequirePermission('chatbots:write')
  @IfMatch()
  delete(
    @CurrentCaller() caller: Caller,
    @Param('chatbot_id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.chatbots.delete(caller, id, ifMatch);
  }

  /** Let this chatbot answer when a question names none. */
  @Post(':chatbot_id/default')
  @HttpCode(200)
  @RequirePermission('chatbots:write')
  async makeDefault(
    @CurrentCaller() caller: Caller,
    @Param('chatbot_id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Chatbot> {
    return tagged(reply, await this.chatbots.makeDefault(caller, id));
  }

  /** What the chatbot was, latest version first. */
  @Get(':chatbot_id/versions')
  @RequirePermission('chat:use')
  versions(
    @CurrentCaller() caller: Caller,
    @Param('chatbot_id') id: string,
    @Query() page: PageQuery,
  ): Promise<ChatbotVersionPage> {
    return this.chatbots.versions(caller, id, page);
  }

  /** Make the chatbot what it was in one of its versions, as a new version. */
  @Post(':chatbot_id/versions/:version/restore')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission('chatbots:write')
  @IfMatch()
  async restore(
    @CurrentCaller() caller: Caller,
    @Param('chatbot_id') id: string,
    @Param('version') version: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Chatbot> {
    return tagged(reply, await this.chatbots.restore(caller, id, version, ifMatch));
  }
}

function tagged(reply: FastifyReply, chatbot: Chatbot): Chatbot {
  void reply.header('etag', entityTag(chatbot.version));
  return chatbot;
}
