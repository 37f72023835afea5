import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { PermissionsController } from './permissions.controller.js';
import { RoleEditorService } from './role-editor.service.js';
import { RolesController } from './roles.controller.js';
import { RolesRepository } from './roles.repository.js';
import { RolesService } from './roles.service.js';

/** What members of a workspace may do: the built-in roles and the workspace's own. */
@Module({
  imports: [WorkspacesModule],
  controllers: [PermissionsController, RolesController],
  providers: [RoleEditorService, RolesRepository, RolesService],
  exports: [RolesService],
})
export class RolesModule {}
