import { Module } from '@nestjs/common';
import { TablesModule } from '../tables/tables.module.js';
import { ToolsModule } from '../tools/tools.module.js';
import { ChatbotCheck } from './chatbot-check.js';
import { ChatbotsController } from './chatbots.controller.js';
import { ChatbotsRepository } from './chatbots.repository.js';
import { ChatbotsService } from './chatbots.service.js';

/** Who answers: prompt, model, tools and tables under a name, with every version. */
@Module({
  imports: [TablesModule, ToolsModule],
  controllers: [ChatbotsController],
  providers: [ChatbotCheck, ChatbotsRepository, ChatbotsService],
  exports: [ChatbotsService],
})
export class ChatbotsModule {}
