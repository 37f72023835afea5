import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { IfMatch } from '../../platform/versions/if-match.js';
import { withEntityTag } from '../../platform/versions/versioned.js';
import { RequirePermission, SignedIn } from '../access/access.decorator.js';
import { type Caller, CurrentCaller, CurrentPrincipal, type Principal } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import {
  ChangeWorkspace,
  CreateWorkspace,
  DeleteWorkspaceQuery,
  Workspace,
  WorkspacePage,
  WorkspacesQuery,
} from './workspace.dto.js';
import { WorkspaceDeletion } from './workspace-deletion.js';
import { WorkspacesService } from './workspaces.service.js';

const named = { workspaceIn: 'workspace_id' };

@ApiTags('Accounts')
@Controller('workspaces')
export class WorkspacesController {
  constructor(
    private readonly workspaces: WorkspacesService,
    private readonly deletion: WorkspaceDeletion,
  ) {}

  /** Create a workspace. You become its owner; name it in the header X-Workspace-Id to work in it. */
  @Post()
  @Idempotent()
  @SignedIn({ sessionOnly: true })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() input: CreateWorkspace,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Workspace> {
    const created = await this.workspaces.create(principal, input);
    void reply.header('location', `/api/v1/workspaces/${created.shown.id}`);
    return withEntityTag(reply, created);
  }

  /** The workspaces that you belong to. */
  @Get()
  @SignedIn()
  list(@CurrentPrincipal() principal: Principal, @Query() query: WorkspacesQuery): Promise<WorkspacePage> {
    return this.workspaces.list(principal, query);
  }

  /** One workspace. */
  @Get(':workspace_id')
  @RequirePermission('workspace:read', named)
  async get(
    @CurrentCaller() { userId, workspaceId }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Workspace> {
    return withEntityTag(reply, await this.workspaces.get(userId, workspaceId));
  }

  /** Rename a workspace. */
  @Patch(':workspace_id')
  @RequirePermission('workspace:write', named)
  @IfMatch()
  async change(
    @CurrentCaller() caller: Caller,
    @Body() input: ChangeWorkspace,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Workspace> {
    return withEntityTag(reply, await this.workspaces.change(caller, input, ifMatch));
  }

  /**
   * Delete a workspace with everything in it. It is gone for everybody at once, and what runs in it is ended. Until
   * `purge_at` its owners can restore it; then it is removed for good.
   */
  @Delete(':workspace_id')
  @RequirePermission('workspace:delete', named)
  @IfMatch()
  async delete(
    @CurrentCaller() caller: Caller,
    @Query() { confirm }: DeleteWorkspaceQuery,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<Workspace> {
    await this.deletion.delete(caller, confirm, ifMatch);
    return (await this.workspaces.get(caller.userId, caller.workspaceId)).shown;
  }

  /** Bring a deleted workspace back, with everything in it. Only its owners can. */
  @Post(':workspace_id/restore')
  @HttpCode(200)
  @SignedIn({ sessionOnly: true })
  async restore(
    @CurrentPrincipal() principal: Principal,
    @Param('workspace_id') workspaceId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Workspace> {
    await this.deletion.restore(principal, workspaceId);
    return withEntityTag(reply, await this.workspaces.get(principal.userId, workspaceId));
  }
}
