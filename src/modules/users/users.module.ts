import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { PasswordHasher } from './password.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';

/** People who can sign in. */
@Module({
  imports: [WorkspacesModule],
  controllers: [UsersController],
  providers: [UsersRepository, PasswordHasher],
  exports: [UsersRepository, PasswordHasher],
})
export class UsersModule {}
