import { Module } from '@nestjs/common';
import { TablesModule } from '../tables/tables.module.js';
import { CrawlClearingJob } from './crawl-clearing.job.js';
import { CrawlEvents } from './crawl-events.js';
import { CrawlLifecycle } from './crawl-lifecycle.js';
import { CrawlJob } from './crawl.job.js';
import { CrawlsController } from './crawls.controller.js';
import { CrawlsRepository } from './crawls.repository.js';
import { CrawlsService } from './crawls.service.js';

/** Bringing the catalog up to date with what is stored. */
@Module({
  imports: [TablesModule],
  controllers: [CrawlsController],
  providers: [CrawlsService, CrawlsRepository, CrawlLifecycle, CrawlEvents, CrawlJob, CrawlClearingJob],
  exports: [CrawlLifecycle],
})
export class CrawlsModule {}
