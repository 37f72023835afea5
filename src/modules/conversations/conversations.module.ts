import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { ConversationTurns } from './conversation-turns.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsRepository } from './conversations.repository.js';
import { ConversationsService } from './conversations.service.js';

/** Conversations and their messages. */
@Module({
  imports: [WorkspacesModule],
  controllers: [ConversationsController],
  providers: [ConversationTurns, ConversationsRepository, ConversationsService],
  exports: [ConversationTurns, ConversationsService],
})
export class ConversationsModule {}
