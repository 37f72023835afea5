import { Module } from '@nestjs/common';
import { QueriesModule } from '../queries/queries.module.js';
import { SavedQueriesController } from './saved-queries.controller.js';
import { SavedQueriesRepository } from './saved-queries.repository.js';
import { SavedQueriesService } from './saved-queries.service.js';
import { SavedQueryCheck } from './saved-query-check.js';

/** Queries that are kept under a name, with typed parameters. */
@Module({
  imports: [QueriesModule],
  controllers: [SavedQueriesController],
  providers: [SavedQueriesService, SavedQueriesRepository, SavedQueryCheck],
  exports: [SavedQueriesService],
})
export class SavedQueriesModule {}
