import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { RolesRepository } from './roles.repository.js';
import { RolesService } from './roles.service.js';

/** What members of a workspace may do: the built-in roles and the workspace's own. */
@Module({
  imports: [WorkspacesModule],
  providers: [RolesService, RolesRepository],
  exports: [RolesService],
})
export class RolesModule {}
