import { Module } from '@nestjs/common';
import { DeletedWorkspacesRepository } from './deleted-workspaces.repository.js';
import { EndWorkJob } from './end-work.job.js';
import { HeldRights } from './held-rights.js';
import { OwnWorkspacesRepository } from './own-workspaces.repository.js';
import { PurgeJob } from './purge.job.js';
import { WorkspaceDeletion } from './workspace-deletion.js';
import { WorkspacesController } from './workspaces.controller.js';
import { WorkspacesRepository } from './workspaces.repository.js';
import { WorkspacesService } from './workspaces.service.js';

/** Workspaces, and who belongs to them. */
@Module({
  controllers: [WorkspacesController],
  providers: [
    DeletedWorkspacesRepository,
    EndWorkJob,
    HeldRights,
    OwnWorkspacesRepository,
    PurgeJob,
    WorkspaceDeletion,
    WorkspacesRepository,
    WorkspacesService,
  ],
  exports: [HeldRights, PurgeJob, WorkspacesRepository],
})
export class WorkspacesModule {}
