import { Module } from '@nestjs/common';
import { ApiTokensModule } from '../api-tokens/api-tokens.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { UsersModule } from '../users/users.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { MemberAdmissionService } from './member-admission.service.js';
import { MemberChangesService } from './member-changes.service.js';
import { MembersController } from './members.controller.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';

/** Who belongs to a workspace, and as what. */
@Module({
  imports: [ApiTokensModule, RolesModule, UsersModule, WorkspacesModule],
  controllers: [MembersController],
  providers: [MemberAdmissionService, MemberChangesService, MembersRepository, MembersService],
})
export class MembersModule {}
