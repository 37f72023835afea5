import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { IfMatch } from '../../platform/versions/if-match.js';
import { withEntityTag } from '../../platform/versions/versioned.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { ChangeRole, CreateRole, DeleteRoleQuery, WorkspaceRole, WorkspaceRoleList } from './role.dto.js';
import { RoleEditorService } from './role-editor.service.js';

@ApiTags('Accounts')
@Controller('roles')
export class RolesController {
  constructor(private readonly roles: RoleEditorService) {}

  /** Create a role of the workspace. It can allow only what you may do yourself. */
  @Post()
  @RequirePermission('roles:write')
  @Idempotent()
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateRole,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceRole> {
    const id = await this.roles.create(caller, input);
    void reply.header('location', `/api/v1/roles/${id}`);
    return withEntityTag(reply, await this.roles.get(caller, id));
  }

  /** The roles that members of the workspace can have. */
  @Get()
  @RequirePermission('members:read')
  list(@CurrentCaller() caller: Caller): Promise<WorkspaceRoleList> {
    return this.roles.list(caller);
  }

  /** One role. */
  @Get(':role_id')
  @RequirePermission('members:read')
  async get(
    @CurrentCaller() caller: Caller,
    @Param('role_id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceRole> {
    return withEntityTag(reply, await this.roles.get(caller, id));
  }

  /** Change a role of the workspace; what is absent stays. It takes effect within a second for all who have it. */
  @Patch(':role_id')
  @RequirePermission('roles:write')
  @IfMatch()
  async change(
    @CurrentCaller() caller: Caller,
    @Param('role_id') id: string,
    @Body() input: ChangeRole,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceRole> {
    await this.roles.change(caller, id, input, ifMatch);
    return withEntityTag(reply, await this.roles.get(caller, id));
  }

  /** Delete a role of the workspace. While somebody has it, say which role they get instead. */
  @Delete(':role_id')
  @HttpCode(204)
  @RequirePermission('roles:write')
  @IfMatch()
  delete(
    @CurrentCaller() caller: Caller,
    @Param('role_id') id: string,
    @Query() { replace_with }: DeleteRoleQuery,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.roles.delete(caller, id, replace_with, ifMatch);
  }
}
