import { Controller, Get, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { QueryEngine } from '../../providers/query-engine/query-engine.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Connections } from './connection.dto.js';
import { connectionsUnder } from './domain/instructions.js';

@ApiTags('Queries')
@Controller('connections')
export class ConnectionsController {
  constructor(
    private readonly config: Config,
    private readonly engine: QueryEngine,
  ) {}

  /** How BI tools and scripts read this workspace's data. */
  @Get()
  @RequirePermission('feeds:read')
  async get(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<Connections> {
    const address = this.config.publicUrl ?? `${request.protocol}://${request.host}`;
    const engineAddress = await this.engine.address(caller.workspaceId);
    return connectionsUnder(address.replace(/\/+$/, ''), engineAddress);
  }
}
