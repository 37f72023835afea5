import { Module } from '@nestjs/common';
import { WorkspacesRepository } from './workspaces.repository.js';

/** Workspaces and who belongs to them. */
@Module({ providers: [WorkspacesRepository], exports: [WorkspacesRepository] })
export class WorkspacesModule {}
