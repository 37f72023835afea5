import { Module } from '@nestjs/common';
import { RunEnds } from './run-ends.js';
import { RunEngine } from './run-engine.js';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';

/** Turns of conversations: executed by one process, followed on any. */
@Module({
  controllers: [RunsController],
  providers: [RunEnds, RunEngine, RunsRepository, RunsService],
  exports: [RunEngine, RunsService],
})
export class RunsModule {}
