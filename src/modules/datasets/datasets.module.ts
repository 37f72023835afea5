import { Module } from '@nestjs/common';
import { CrawlsModule } from '../crawls/crawls.module.js';
import { TablesModule } from '../tables/tables.module.js';
import { UploadsModule } from '../uploads/uploads.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { DatasetsController } from './datasets.controller.js';
import { DatasetsRepository } from './datasets.repository.js';
import { DatasetsService } from './datasets.service.js';
import { DatasetDeletion } from './deleting/dataset-deletion.js';
import { RemovalJob } from './deleting/removal.job.js';
import { CurrentVersion } from './publishing/current-version.js';
import { Publication } from './publishing/publication.js';
import { PublishJob } from './publishing/publish.job.js';
import { SubmitController } from './publishing/submit.controller.js';
import { SubmitService } from './publishing/submit.service.js';
import { VersionsRepository } from './versions.repository.js';

/** Uploads published under a name, in versions that never change. */
@Module({
  imports: [CrawlsModule, TablesModule, UploadsModule, UsageModule],
  controllers: [DatasetsController, SubmitController],
  providers: [
    CurrentVersion,
    DatasetDeletion,
    DatasetsRepository,
    DatasetsService,
    Publication,
    PublishJob,
    RemovalJob,
    SubmitService,
    VersionsRepository,
  ],
  exports: [DatasetDeletion, SubmitService],
})
export class DatasetsModule {}
