import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFile } from '../../platform/http/send-file.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { AuditEventPage, ExportAuditEvents, ListAuditEvents } from './audit-event.dto.js';
import { AuditEventsService } from './audit-events.service.js';
import { eventTexts } from './domain/event-text.js';

@ApiTags('Accounts')
@Controller('audit-events')
export class AuditEventsController {
  constructor(private readonly events: AuditEventsService) {}

  /** Who did what to which object, when, from where and with what result: newest first. */
  @Get()
  @RequirePermission('audit:read')
  list(@CurrentCaller() caller: Caller, @Query() query: ListAuditEvents): Promise<AuditEventPage> {
    return this.events.list(caller, query);
  }

  /** All the events that the filters let through, as a file: newest first. */
  @Get('export')
  @RequirePermission('audit:read')
  @ApiProduces(eventTexts.csv.contentType, eventTexts.jsonl.contentType)
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string' } })
  export(
    @CurrentCaller() caller: Caller,
    @Query() query: ExportAuditEvents,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendFile(request, reply, {
      name: `audit-events.${query.format}`,
      contentType: eventTexts[query.format].contentType,
      open: () => this.events.export(caller, query),
    });
  }
}
