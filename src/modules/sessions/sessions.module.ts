import { Module } from '@nestjs/common';
import { AccessTokens } from './access-tokens.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SessionsSweep } from './sessions-sweep.js';

/** Where people are signed in, and the tokens that prove it. */
@Module({
  controllers: [SessionsController],
  providers: [AccessTokens, RefreshTokens, SessionsRepository, SessionsService, SessionsSweep],
  exports: [AccessTokens, SessionsService],
})
export class SessionsModule {}
