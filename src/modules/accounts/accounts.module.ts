import { Module } from '@nestjs/common';
import { RolesModule } from '../roles/roles.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { AccountChangesService } from './account-changes.service.js';
import { AccountRules } from './account-rules.js';
import { AccountViews } from './account-views.js';
import { AccountsRepository } from './accounts.repository.js';
import { ProfileController } from './profile.controller.js';
import { ProfileService } from './profile.service.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

/** People's own profiles, and the administration of accounts. */
@Module({
  imports: [RolesModule, SessionsModule, UsersModule, WorkspacesModule],
  controllers: [ProfileController, UsersController],
  providers: [AccountChangesService, AccountRules, AccountViews, AccountsRepository, ProfileService, UsersService],
})
export class AccountsModule {}
