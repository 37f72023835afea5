import { Module } from '@nestjs/common';
import { AnalysisTrackingModule } from '../analysis-tracking/analysis-tracking.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ChatbotsModule } from '../chatbots/chatbots.module.js';
import { ConversationsModule } from '../conversations/conversations.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { ChatAnswers } from './chat-answers.js';
import { ChatController } from './chat.controller.js';
import { ChatService } from './chat.service.js';
import { SocketGateway } from './socket/socket.gateway.js';

/** Asking: over a socket, or by plain requests. */
@Module({
  imports: [AnalysisTrackingModule, AuthModule, ChatbotsModule, ConversationsModule, RunsModule],
  controllers: [ChatController],
  providers: [ChatAnswers, ChatService, SocketGateway],
})
export class ChatModule {}
