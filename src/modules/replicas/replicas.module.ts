import { Global, Module } from '@nestjs/common';
import { Replicas } from './replicas.js';

/** Global, since whatever a process may leave behind is entered under its name. */
@Global()
@Module({ providers: [Replicas], exports: [Replicas] })
export class ReplicasModule {}
