import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { CreatedInvitation, CreateInvitation, InvitationPage, InvitationsQuery } from './invitation.dto.js';
import { InvitationsService } from './invitations.service.js';
import { publicAddress } from './public-address.js';

const named = { workspaceIn: 'workspace_id' };

@ApiTags('Accounts')
@Controller('workspaces/:workspace_id/invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly config: Config,
  ) {}

  /**
   * Invite somebody by their e-mail address. The answer has the link, which is shown only here, and says whether it was
   * mailed. A new invitation replaces a pending one of the same address.
   */
  @Post()
  @RequirePermission('members:write', named)
  @Idempotent()
  create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateInvitation,
    @Req() { socket }: FastifyRequest,
  ): Promise<CreatedInvitation> {
    return this.invitations.create(caller, input, publicAddress(this.config.publicUrl, socket));
  }

  /** The workspace's invitations, newest first. */
  @Get()
  @RequirePermission('members:read', named)
  list(@CurrentCaller() caller: Caller, @Query() query: InvitationsQuery): Promise<InvitationPage> {
    return this.invitations.list(caller, query);
  }

  /** Revoke a pending invitation: its link stops working. */
  @Delete(':invitation_id')
  @HttpCode(204)
  @RequirePermission('members:write', named)
  revoke(@CurrentCaller() caller: Caller, @Param('invitation_id') id: string): Promise<void> {
    return this.invitations.revoke(caller, id);
  }
}
