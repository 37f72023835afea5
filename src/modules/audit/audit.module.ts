import { Global, Module } from '@nestjs/common';
import { AuditEventsController } from './audit-events.controller.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditEventsService } from './audit-events.service.js';
import { AuditLog } from './audit.log.js';
import { RightsChanges } from './rights-changes.js';

/** Who did what. Global, since every module that changes or reads data records it. */
@Global()
@Module({
  controllers: [AuditEventsController],
  providers: [AuditEventsRepository, AuditEventsService, AuditLog, RightsChanges],
  exports: [AuditLog, RightsChanges],
})
export class AuditModule {}
