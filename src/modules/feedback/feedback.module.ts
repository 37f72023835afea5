import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/conversations.module.js';
import { QueriesModule } from '../queries/queries.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { FeedbackController } from './feedback.controller.js';
import { FeedbackRepository } from './feedback.repository.js';
import { FeedbackService } from './feedback.service.js';
import { VerifiedQuestions } from './verified-questions.service.js';

/** What people think of answers, and questions whose SQL is known to be right. */
@Module({
  imports: [ConversationsModule, QueriesModule, WorkspacesModule],
  controllers: [FeedbackController],
  providers: [FeedbackRepository, FeedbackService, VerifiedQuestions],
  exports: [VerifiedQuestions],
})
export class FeedbackModule {}
