import { Module } from '@nestjs/common';
import { TablesModule } from '../tables/tables.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { EarlierQueries } from './earlier-queries.js';
import { QueriesController } from './queries.controller.js';
import { QueriesRepository } from './queries.repository.js';
import { QueriesService } from './queries.service.js';
import { QueryAllowance } from './query-allowance.js';
import { QueryAnswers } from './query-answers.js';
import { QueryJournal } from './query-journal.js';
import { QueryPlanner } from './query-planner.js';
import { QueryResultsController } from './query-results.controller.js';
import { QueryResultsService } from './query-results.service.js';
import { QueryRunner } from './query-runner.js';
import { ResultExpiry } from './result-expiry.js';

/** SQL over the workspace's tables: check, run, page, download. */
@Module({
  imports: [TablesModule, UsageModule],
  controllers: [QueriesController, QueryResultsController],
  providers: [
    QueriesService,
    QueryResultsService,
    QueryAllowance,
    QueryAnswers,
    QueryPlanner,
    QueryRunner,
    QueryJournal,
    QueriesRepository,
    ResultExpiry,
    EarlierQueries,
  ],
  exports: [EarlierQueries, QueriesService, QueryResultsService, QueryAnswers, QueryPlanner],
})
export class QueriesModule {}
