import { Module } from '@nestjs/common';
import { UploadsModule } from '../uploads/uploads.module.js';
import { ContractsService } from './contracts.service.js';
import { PreviewsController } from './previews.controller.js';
import { PreviewsService } from './previews.service.js';
import { StoredHead } from './stored-head.js';

/** What is in an uploaded file, and what will be made of it. */
@Module({
  imports: [UploadsModule],
  controllers: [PreviewsController],
  providers: [ContractsService, PreviewsService, StoredHead],
  exports: [ContractsService],
})
export class PreviewsModule {}
