import { Module } from '@nestjs/common';
import { AnswersModule } from '../answers/answers.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ChatbotsModule } from '../chatbots/chatbots.module.js';
import { QueriesModule } from '../queries/queries.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { PromptJob } from './prompt.job.js';
import { PromptWatch } from './prompt-watch.js';
import { PromptsController } from './prompts.controller.js';
import { PromptsRepository } from './prompts.repository.js';
import { PromptsService } from './prompts.service.js';

/** Questions of programs: asked now, answered later. */
@Module({
  imports: [AnswersModule, AuthModule, ChatbotsModule, QueriesModule, WorkspacesModule],
  controllers: [PromptsController],
  providers: [PromptJob, PromptWatch, PromptsRepository, PromptsService],
})
export class PromptsModule {}
