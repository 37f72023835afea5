import { Controller, Get, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { RequirePermission } from '../access/access.decorator.js';
import { Connections } from './connection.dto.js';
import { connectionsUnder } from './domain/instructions.js';

@ApiTags('Queries')
@Controller('connections')
export class ConnectionsController {
  constructor(private readonly config: Config) {}

  /** How BI tools and scripts read this workspace's data. */
  @Get()
  @RequirePermission('feeds:read')
  get(@Req() request: FastifyRequest): Connections {
    const address = this.config.publicUrl ?? `${request.protocol}://${request.host}`;
    return connectionsUnder(address.replace(/\/+$/, ''));
  }
}
