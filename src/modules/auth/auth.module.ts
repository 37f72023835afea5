import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ApiTokensModule } from '../api-tokens/api-tokens.module.js';
import { UsersModule } from '../users/users.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { Authenticator } from './authenticator.js';
import { RouteAccess } from './route-access.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SetupService } from './setup.service.js';

/** Signing in, and the guard that stands before every route. */
@Module({
  imports: [ApiTokensModule, DiscoveryModule, UsersModule, WorkspacesModule],
  controllers: [AuthController],
  providers: [
    AccessTokens,
    Authenticator,
    AuthService,
    RouteAccess,
    SessionsRepository,
    SessionsService,
    SetupService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, RouteAccess, SetupService],
})
export class AuthModule {}
