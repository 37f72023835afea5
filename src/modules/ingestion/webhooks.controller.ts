import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../access/access.decorator.js';
import { WebhookReceipt } from './source.dto.js';
import { WebhooksService } from './webhooks.service.js';

@ApiTags('Ingestion')
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  /**
   * Where a platform tells of what has changed: signed as Slack and GitLab do it, for Backlog with the secret in `?secret=`.
   * Answered at once; what it tells of is read later.
   */
  @Post(':kind/:source_id')
  @HttpCode(200)
  @Public()
  receive(
    @Param('kind') kind: string,
    @Param('source_id') sourceId: string,
    @Req() { headers, query, jsonText }: FastifyRequest,
  ): Promise<WebhookReceipt> {
    const parameters = query as Readonly<Record<string, string | undefined>>;
    return this.webhooks.receive(kind, sourceId, { headers, query: parameters, body: Buffer.from(jsonText ?? '') });
  }
}
