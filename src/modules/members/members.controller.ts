import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { IfMatch } from '../../platform/versions/if-match.js';
import { withEntityTag } from '../../platform/versions/versioned.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { AddMember, ChangeMember, Member, MemberPage, MembersQuery, TransferOwnership } from './member.dto.js';
import { MemberAdmissionService } from './member-admission.service.js';
import { MemberChangesService } from './member-changes.service.js';
import { MembersService } from './members.service.js';

const named = { workspaceIn: 'workspace_id' };

@ApiTags('Accounts')
@Controller('workspaces/:workspace_id')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly changes: MemberChangesService,
    private readonly admission: MemberAdmissionService,
  ) {}

  /** Who belongs to the workspace. */
  @Get('members')
  @RequirePermission('members:read', named)
  list(@CurrentCaller() caller: Caller, @Query() query: MembersQuery): Promise<MemberPage> {
    return this.members.list(caller, query);
  }

  /** Add an existing user without an invitation. Only administrators of the service can; others invite. */
  @Post('members')
  @RequirePermission('members:write', named)
  async add(
    @CurrentCaller() caller: Caller,
    @Body() input: AddMember,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Member> {
    const userId = await this.admission.add(caller, input);
    void reply.header('location', `/api/v1/workspaces/${caller.workspaceId}/members/${userId}`);
    return withEntityTag(reply, await this.members.get(caller, userId));
  }

  /** One member. */
  @Get('members/:user_id')
  @RequirePermission('members:read', named)
  async get(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Member> {
    return withEntityTag(reply, await this.members.get(caller, userId));
  }

  /** Give a member another role. It takes effect within a second, also on what they are doing. */
  @Patch('members/:user_id')
  @RequirePermission('members:write', named)
  @IfMatch()
  async change(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Body() input: ChangeMember,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Member> {
    await this.changes.setRole(caller, userId, input, ifMatch);
    return withEntityTag(reply, await this.members.get(caller, userId));
  }

  /** Remove a member. What they are doing in the workspace ends within a second, their API tokens of it are revoked. */
  @Delete('members/:user_id')
  @HttpCode(204)
  @RequirePermission('members:write', named)
  @IfMatch()
  remove(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.changes.remove(caller, userId, ifMatch);
  }

  /** Leave the workspace. Your API tokens of it are revoked. Its last owner cannot leave. */
  @Post('leave')
  @HttpCode(204)
  @RequirePermission('workspace:read', named)
  leave(@CurrentCaller() caller: Caller): Promise<void> {
    return this.changes.leave(caller);
  }

  /** Hand the workspace over: the member becomes an owner, and you become an admin. */
  @Post('transfer')
  @HttpCode(200)
  @RequirePermission('workspace:delete', named)
  async transfer(
    @CurrentCaller() caller: Caller,
    @Body() input: TransferOwnership,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Member> {
    await this.changes.transfer(caller, input);
    return withEntityTag(reply, await this.members.get(caller, input.user_id));
  }
}
