import { Global, Module } from '@nestjs/common';
import { AuditLog } from './audit.log.js';

/** Global, since every module that changes or reads data records it. */
@Global()
@Module({ providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}
