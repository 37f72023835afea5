import { Module } from '@nestjs/common';
import { ChatbotsModule } from '../chatbots/chatbots.module.js';
import { ConversationsModule } from '../conversations/conversations.module.js';
import { QueriesModule } from '../queries/queries.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { TablesModule } from '../tables/tables.module.js';
import { AnswerQueries } from './answer-queries.js';
import { AnswersExecutor } from './answers.executor.js';
import { BuiltinAnswers } from './builtin-answers.js';
import { CatalogContexts } from './catalog-contexts.js';

/** From a question to a checked answer. */
@Module({
  imports: [ChatbotsModule, ConversationsModule, QueriesModule, RunsModule, TablesModule],
  providers: [AnswersExecutor, AnswerQueries, BuiltinAnswers, CatalogContexts],
})
export class AnswersModule {}
