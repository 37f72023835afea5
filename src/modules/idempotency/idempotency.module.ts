import { Global, Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { IdempotencyService } from './idempotency.service.js';

/** Global, since every module with a creating POST uses it. */
@Global()
@Module({ imports: [WorkspacesModule], providers: [IdempotencyService], exports: [IdempotencyService] })
export class IdempotencyModule {}
