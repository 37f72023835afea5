import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ApiTokensModule } from '../api-tokens/api-tokens.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { AccessGuard } from './access.guard.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { Authenticator } from './authenticator.js';
import { PasswordController } from './password.controller.js';
import { PasswordService } from './password.service.js';
import { RouteAccess } from './route-access.js';
import { SetupService } from './setup.service.js';

/** Signing in, and the guard that stands before every route. */
@Module({
  imports: [ApiTokensModule, DiscoveryModule, SessionsModule, UsersModule, WorkspacesModule],
  controllers: [AuthController, PasswordController],
  providers: [
    Authenticator,
    AuthService,
    PasswordService,
    RouteAccess,
    SetupService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, RouteAccess, SetupService],
})
export class AuthModule {}
