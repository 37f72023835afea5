import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFile } from '../../platform/http/send-file.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { feedbackTexts } from './domain/feedback-text.js';
import {
  ExportFeedback,
  FeedbackPage,
  GiveFeedback,
  ListFeedback,
  MessageFeedback,
  VerifiedQuestion,
  VerifiedQuestionPage,
  VerifyAnswer,
} from './feedback.dto.js';
import { FeedbackService } from './feedback.service.js';
import { VerifiedQuestions } from './verified-questions.service.js';

@ApiTags('Chat')
@Controller()
export class FeedbackController {
  constructor(
    private readonly feedback: FeedbackService,
    private readonly verified: VerifiedQuestions,
  ) {}

  /**
   * Say what you think of an answer in one of your conversations; again replaces it. Those who may read feedback see
   * the question and the answer with it, and nothing else of the conversation.
   */
  @Post('messages/:message_id/feedback')
  @RequirePermission('chat:use')
  give(
    @CurrentCaller() caller: Caller,
    @Param('message_id') messageId: string,
    @Body() input: GiveFeedback,
  ): Promise<MessageFeedback> {
    return this.feedback.give(caller, messageId, input);
  }

  /** What members think of answers, newest first. */
  @Get('feedback')
  @RequirePermission('feedback:read')
  list(@CurrentCaller() caller: Caller, @Query() query: ListFeedback): Promise<FeedbackPage> {
    return this.feedback.list(caller, query);
  }

  /** All feedback that the filters let through, as a file; or the evaluation cases that come of it. */
  @Get('feedback/export')
  @RequirePermission('feedback:read')
  @ApiProduces(feedbackTexts.csv.contentType, feedbackTexts.jsonl.contentType)
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string' } })
  export(
    @CurrentCaller() caller: Caller,
    @Query() query: ExportFeedback,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { name, contentType } = feedbackTexts[query.format];
    return sendFile(request, reply, { name, contentType, open: () => this.feedback.export(caller, query) });
  }

  /** Keep the question of an answer with its SQL: whoever asks the same in this workspace is answered with that. */
  @Post('messages/:message_id/verify')
  @RequirePermission('saved_queries:write')
  verify(
    @CurrentCaller() caller: Caller,
    @Param('message_id') messageId: string,
    @Body() input: VerifyAnswer,
  ): Promise<VerifiedQuestion> {
    return this.verified.verify(caller, messageId, input);
  }

  /** The workspace's verified questions, newest first. */
  @Get('verified-questions')
  @RequirePermission('saved_queries:read')
  listVerified(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<VerifiedQuestionPage> {
    return this.verified.list(caller, page);
  }

  /** Delete a verified question: from now on it is answered as any other. */
  @Delete('verified-questions/:verified_id')
  @HttpCode(204)
  @RequirePermission('saved_queries:write')
  deleteVerified(@CurrentCaller() caller: Caller, @Param('verified_id') id: string): Promise<void> {
    return this.verified.delete(caller, id);
  }
}
