import { Module } from '@nestjs/common';
import { RolesModule } from '../roles/roles.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { InvitationAcceptanceController } from './invitation-acceptance.controller.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InvitationsService } from './invitations.service.js';

/** Bringing people into a workspace, whether they have an account or not. */
@Module({
  imports: [RolesModule, SessionsModule, UsersModule, WorkspacesModule],
  controllers: [InvitationAcceptanceController, InvitationsController],
  providers: [InvitationAcceptanceService, InvitationsRepository, InvitationsService],
})
export class InvitationsModule {}
