import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/access.decorator.js';
import { Health, Liveness } from './health.dto.js';
import { HealthService } from './health.service.js';

@ApiTags('Operations')
@Controller('health')
export class HealthController {
  constructor(private readonly service: HealthService) {}

  /** How the service and each of its dependencies are. */
  @Get()
  @Public()
  health(): Promise<Health> {
    return this.service.health();
  }

  /** Whether the process answers; restart it when it does not. */
  @Get('live')
  @Public()
  live(): Liveness {
    return { status: 'ok' };
  }

  /** Whether to send requests here: 503 while a dependency that is required is down, or the process is shutting down. */
  @Get('ready')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const health = await this.service.readiness();
    if (health.status !== 'ok') void reply.status(503);
    return health;
  }
}
