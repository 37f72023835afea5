import { applyDecorators, Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { AnswerView, AskRequest, RegenerateRequest } from './chat.dto.js';
import { ChatAnswers } from './chat-answers.js';
import { ChatService } from './chat.service.js';

const WaitsForAnswer = () =>
  applyDecorators(
    HttpCode(200),
    ApiOkResponse({ description: 'The answer, or what is asked before it can be given.', type: AnswerView }),
    ApiResponse({
      status: 202,
      description: 'The answer takes longer. `Location` is the run to follow.',
      type: AnswerView,
    }),
  );

@ApiTags('Chat')
@Controller()
export class ChatController {
  constructor(
    private readonly chat: ChatService,
    private readonly answers: ChatAnswers,
  ) {}

  /** Ask a question and wait for the answer. */
  @Post('conversations/:conversation_id/messages')
  @WaitsForAnswer()
  @RequirePermission('chat:use')
  async ask(
    @CurrentCaller() caller: Caller,
    @Param('conversation_id') conversationId: string,
    @Body() { content, chatbot_id: chatbotId, id: clientId, wait_ms: waitMs }: AskRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerView> {
    const { run } = await this.chat.ask(caller, {
      content,
      conversationId,
      chatbotId,
      clientId,
    });
    return this.answers.whenAnswered(caller, run.run_id, waitMs, reply);
  }

  /** Ask the question of an answer again. The new answer stands at the end of the conversation; the old one stays. */
  @Post('messages/:message_id/regenerate')
  @WaitsForAnswer()
  @RequirePermission('chat:use')
  async regenerate(
    @CurrentCaller() caller: Caller,
    @Param('message_id') messageId: string,
    @Body() { wait_ms: waitMs }: RegenerateRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerView> {
    const { run } = await this.chat.regenerate(caller, messageId);
    return this.answers.whenAnswered(caller, run.run_id, waitMs, reply);
  }
}
