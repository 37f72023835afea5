import { Body, Controller, Get, Headers, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { entityTag } from '../../platform/versions/entity-tag.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { QuotasService, type VersionedQuotas } from './quotas.service.js';
import { Quotas, QuotaValues, WorkspaceUsage } from './usage.dto.js';
import { UsageService } from './usage.service.js';

const workspaceIn = 'workspace_id';

@ApiTags('Accounts')
@ApiParam({ name: workspaceIn, type: String })
@Controller(`workspaces/:${workspaceIn}`)
export class UsageController {
  constructor(
    private readonly usage: UsageService,
    private readonly quotas: QuotasService,
  ) {}

  /** What the workspace uses, against its quotas. */
  @Get('usage')
  @RequirePermission('usage:read', { workspaceIn })
  show(@CurrentCaller() caller: Caller): Promise<WorkspaceUsage> {
    return this.usage.show(caller.workspaceId);
  }

  /** The quotas that were set for the workspace, and those of the service, which hold for what is null. */
  @Get('quotas')
  @RequirePermission('workspace:write', { workspaceIn })
  async getQuotas(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<Quotas> {
    return tagged(reply, await this.quotas.get(caller));
  }

  /**
   * Set the quotas of the workspace, all at once. Up to the service's own maximum; administrators of the service may set
   * more. A quota below what is used takes nothing away, it only lets nothing more in.
   */
  @Put('quotas')
  @RequirePermission('workspace:write', { workspaceIn })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag that the change is based on: if somebody else has changed them meanwhile, 412.',
  })
  async putQuotas(
    @CurrentCaller() caller: Caller,
    @Body() values: QuotaValues,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Quotas> {
    return tagged(reply, await this.quotas.put(caller, values, ifMatch));
  }
}

function tagged(reply: FastifyReply, { quotas, version }: VersionedQuotas): Quotas {
  void reply.header('etag', entityTag(version));
  return quotas;
}
