import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { PasswordCheck } from './password-check.js';
import { PasswordHasher } from './password.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';

/** People who can sign in. */
@Module({
  imports: [WorkspacesModule],
  controllers: [UsersController],
  providers: [FailedSignIns, PasswordCheck, PasswordHasher, UsersRepository],
  exports: [PasswordCheck, PasswordHasher, UsersRepository],
})
export class UsersModule {}
