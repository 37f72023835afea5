import { Global, Module } from '@nestjs/common';
import { AccessChanges } from './access-changes.js';
import { AccessHolds } from './access-holds.js';

/** Global, since every module that gives rights, or does long work under one, takes part. */
@Global()
@Module({ providers: [AccessChanges, AccessHolds], exports: [AccessChanges, AccessHolds] })
export class AccessModule {}
