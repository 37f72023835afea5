import { Module } from '@nestjs/common';
import { UsageModule } from '../usage/usage.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { BodyParsers } from './receiving/body-parsers.js';
import { DirectController } from './direct/direct.controller.js';
import { DirectService } from './direct/direct.service.js';
import { Completion } from './receiving/completion.js';
import { UploadFinisher } from './receiving/finisher.js';
import { UploadReceiver } from './receiving/receiver.js';
import { Transfers } from './receiving/transfers.js';
import { UploadOnce } from './receiving/upload-once.js';
import { ResumableController } from './resumable/resumable.controller.js';
import { ResumableService } from './resumable/resumable.service.js';
import { UploadLifecycle } from './upload-lifecycle.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsRepository } from './uploads.repository.js';
import { UploadsService } from './uploads.service.js';
import { UploadsSweep } from './uploads-sweep.js';

/** Files on their way in: whole or in parts, checked, hashed, kept until they are submitted or their time is over. */
@Module({
  imports: [UsageModule, WorkspacesModule],
  controllers: [ResumableController, DirectController, UploadsController],
  providers: [
    BodyParsers,
    Completion,
    DirectService,
    ResumableService,
    Transfers,
    UploadFinisher,
    UploadLifecycle,
    UploadOnce,
    UploadReceiver,
    UploadsRepository,
    UploadsService,
    UploadsSweep,
  ],
  exports: [UploadReceiver, UploadsRepository, UploadsService],
})
export class UploadsModule {}
