import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { entityTag } from '../../platform/versions/entity-tag.js';
import { IfMatch } from '../../platform/versions/if-match.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import type { UserRow } from '../users/users.repository.js';
import { AccountChangesService } from './account-changes.service.js';
import { AccountViews } from './account-views.js';
import { ChangeUser, CreateUser, User, UserPage, UsersQuery } from './user.dto.js';
import { UsersService } from './users.service.js';

@ApiTags('Accounts')
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly changes: AccountChangesService,
    private readonly views: AccountViews,
  ) {}

  /** The accounts of the workspace's members, by e-mail address. */
  @Get()
  @RequirePermission('users:read')
  list(@CurrentCaller() caller: Caller, @Query() query: UsersQuery): Promise<UserPage> {
    return this.users.list(caller, query);
  }

  /** Create an account as a member of the workspace. Whoever has one already is invited instead. */
  @Post()
  @RequirePermission('users:write')
  @Idempotent()
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateUser,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<User> {
    const user = await this.users.create(caller, input);
    void reply.header('location', `/api/v1/users/${user.id}`);
    return this.tagged(caller, user, reply);
  }

  /** One account. */
  @Get(':user_id')
  @RequirePermission('users:read')
  async get(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<User> {
    return this.tagged(caller, await this.users.find(caller, userId), reply);
  }

  /**
   * Change, disable or enable an account, or give it a new password; what is absent stays. An account that also belongs
   * to workspaces where you may not change users is for administrators of the service.
   */
  @Patch(':user_id')
  @RequirePermission('users:write')
  @IfMatch()
  async change(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Body() input: ChangeUser,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<User> {
    return this.tagged(caller, await this.changes.change(caller, userId, input, ifMatch), reply);
  }

  /** Delete an account with its sessions, memberships and API tokens. What it made stays with its workspaces. */
  @Delete(':user_id')
  @HttpCode(204)
  @RequirePermission('users:write')
  @IfMatch()
  delete(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.changes.delete(caller, userId, ifMatch);
  }

  private tagged(caller: Caller, user: UserRow, reply: FastifyReply): Promise<User> {
    void reply.header('etag', entityTag(user.version));
    return this.views.one(caller, user);
  }
}
