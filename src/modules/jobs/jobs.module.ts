import { Module } from '@nestjs/common';
import { JobsController } from './jobs.controller.js';
import { JobsService } from './jobs.service.js';

/** Background work as people see it; those who have work to do enqueue it themselves. */
@Module({ controllers: [JobsController], providers: [JobsService] })
export class JobsModule {}
