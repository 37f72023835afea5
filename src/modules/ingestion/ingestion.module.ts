import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { PreviewsModule } from '../previews/previews.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { UploadsModule } from '../uploads/uploads.module.js';
import { ConnectionTests } from './connection-tests.js';
import { SourceConfigs } from './source-configs.js';
import { SourceDataset } from './source-dataset.js';
import { SourceLifecycle } from './source-lifecycle.js';
import { SourcePurgeJob } from './source-purge.job.js';
import { SourceSchedules } from './source-schedules.js';
import { SourceSecrets } from './source-secrets.js';
import { SourceViews } from './source-views.js';
import { SourcesController } from './sources.controller.js';
import { SourcesService } from './sources.service.js';
import { SyncJob } from './sync.job.js';
import { SyncRequests } from './sync-requests.js';
import { SyncSteps } from './sync-steps.js';
import { SyncsRepository } from './syncs.repository.js';
import { SyncsService } from './syncs.service.js';
import { TableExportJob } from './table-export.job.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

/** Bringing documents in from the platforms that people write on. */
@Module({
  imports: [DatasetsModule, DocumentsModule, PreviewsModule, SourcesModule, UploadsModule],
  controllers: [SourcesController, WebhooksController],
  providers: [
    ConnectionTests,
    SourceConfigs,
    SourceDataset,
    SourceLifecycle,
    SourcePurgeJob,
    SourceSchedules,
    SourceSecrets,
    SourcesService,
    SourceViews,
    SyncJob,
    SyncRequests,
    SyncSteps,
    SyncsRepository,
    SyncsService,
    TableExportJob,
    WebhooksService,
  ],
})
export class IngestionModule {}
