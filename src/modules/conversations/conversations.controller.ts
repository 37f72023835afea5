import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import {
  ChangeConversation,
  Conversation,
  ConversationPage,
  CreateConversation,
  ForkConversation,
  ListConversations,
  MessagePage,
} from './conversation.dto.js';
import { ConversationsService } from './conversations.service.js';

@ApiTags('Chat')
@Controller('conversations')
export class ConversationsController {
  constructor(private readonly conversations: ConversationsService) {}

  /** Begin a conversation. Asking without one begins one, too. */
  @Post()
  @Idempotent()
  @RequirePermission('chat:use')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateConversation,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Conversation> {
    return located(reply, await this.conversations.create(caller, input));
  }

  /** Your conversations in this workspace, the one that changed last first. */
  @Get()
  @RequirePermission('chat:use')
  list(@CurrentCaller() caller: Caller, @Query() query: ListConversations): Promise<ConversationPage> {
    return this.conversations.list(caller, query);
  }

  /** One conversation. */
  @Get(':conversation_id')
  @RequirePermission('chat:use')
  get(@CurrentCaller() caller: Caller, @Param('conversation_id') id: string): Promise<Conversation> {
    return this.conversations.get(caller, id);
  }

  /** Rename a conversation, or let another chatbot answer. */
  @Patch(':conversation_id')
  @RequirePermission('chat:use')
  change(
    @CurrentCaller() caller: Caller,
    @Param('conversation_id') id: string,
    @Body() input: ChangeConversation,
  ): Promise<Conversation> {
    return this.conversations.change(caller, id, input);
  }

  /** Delete a conversation with all its messages. */
  @Delete(':conversation_id')
  @HttpCode(204)
  @RequirePermission('chat:use')
  delete(@CurrentCaller() caller: Caller, @Param('conversation_id') id: string): Promise<void> {
    return this.conversations.delete(caller, id);
  }

  /** Copy a conversation up to one of its messages, to go on another way. */
  @Post(':conversation_id/fork')
  @Idempotent()
  @RequirePermission('chat:use')
  async fork(
    @CurrentCaller() caller: Caller,
    @Param('conversation_id') id: string,
    @Body() { message_id: messageId }: ForkConversation,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Conversation> {
    return located(reply, await this.conversations.fork(caller, id, messageId));
  }

  /** The messages of a conversation, newest last: its end first, earlier ones by cursor. */
  @Get(':conversation_id/messages')
  @RequirePermission('chat:use')
  messages(
    @CurrentCaller() caller: Caller,
    @Param('conversation_id') id: string,
    @Query() page: PageQuery,
  ): Promise<MessagePage> {
    return this.conversations.messages(caller, id, page);
  }
}

function located(reply: FastifyReply, conversation: Conversation): Conversation {
  void reply.header('location', `/api/v1/conversations/${conversation.conversation_id}`);
  return conversation;
}
