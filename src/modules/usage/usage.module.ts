import { Module } from '@nestjs/common';
import { QuotasService } from './quotas.service.js';
import { UsageController } from './usage.controller.js';
import { UsageRepository } from './usage.repository.js';
import { UsageService } from './usage.service.js';

/** What workspaces use and how much they may. */
@Module({
  controllers: [UsageController],
  providers: [QuotasService, UsageRepository, UsageService],
  exports: [UsageService],
})
export class UsageModule {}
