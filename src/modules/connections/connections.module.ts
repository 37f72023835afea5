import { Module } from '@nestjs/common';
import { ConnectionsController } from './connections.controller.js';

/** How BI tools connect. */
@Module({ controllers: [ConnectionsController] })
export class ConnectionsModule {}
