import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { RunEnds } from './run-ends.js';
import { RunEngine } from './run-engine.js';
import { RunsRemoval } from './runs-removal.js';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';

/** Turns of conversations: executed by one process, followed on any. */
@Module({
  imports: [WorkspacesModule],
  controllers: [RunsController],
  providers: [RunEnds, RunEngine, RunsRemoval, RunsRepository, RunsService],
  exports: [RunEngine, RunsService],
})
export class RunsModule {}
