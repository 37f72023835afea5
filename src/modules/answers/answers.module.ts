import { Module } from '@nestjs/common';
import { ChatbotsModule } from '../chatbots/chatbots.module.js';
import { ConversationsModule } from '../conversations/conversations.module.js';
import { FeedbackModule } from '../feedback/feedback.module.js';
import { QueriesModule } from '../queries/queries.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { TablesModule } from '../tables/tables.module.js';
import { SearchModule } from '../search/search.module.js';
import { ToolsModule } from '../tools/tools.module.js';
import { AnswerQueries } from './answer-queries.js';
import { Answers } from './answers.js';
import { AnswersExecutor } from './answers.executor.js';
import { BuiltinAnswers } from './builtin-answers.js';
import { CatalogContexts } from './catalog-contexts.js';
import { DocumentPassages } from './document-passages.js';
import { ModelAnswers } from './model/model-answers.js';
import { ModelTools } from './model/model-tools.js';
import { OtherStatements } from './other-statements.js';
import { VerifiedAnswers } from './verified-answers.js';

/** From a question to a checked answer. */
@Module({
  imports: [
    ChatbotsModule,
    ConversationsModule,
    FeedbackModule,
    QueriesModule,
    RunsModule,
    SearchModule,
    TablesModule,
    ToolsModule,
  ],
  providers: [
    Answers,
    AnswersExecutor,
    AnswerQueries,
    BuiltinAnswers,
    CatalogContexts,
    DocumentPassages,
    ModelAnswers,
    ModelTools,
    OtherStatements,
    VerifiedAnswers,
  ],
  exports: [Answers],
})
export class AnswersModule {}
