import { Body, Controller, Get, Headers, Patch, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { entityTag } from '../../platform/versions/entity-tag.js';
import { IfMatch } from '../../platform/versions/if-match.js';
import { SignedIn } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/caller.js';
import type { UserRow } from '../users/users.repository.js';
import { AccountViews } from './account-views.js';
import { ProfileService } from './profile.service.js';
import { ChangeProfile, User } from './user.dto.js';

@ApiTags('Accounts')
@Controller('users/me')
export class ProfileController {
  constructor(
    private readonly profile: ProfileService,
    private readonly views: AccountViews,
  ) {}

  /** Who am I, and which workspaces do I belong to? */
  @Get()
  @SignedIn()
  async get(@CurrentPrincipal() principal: Principal, @Res({ passthrough: true }) reply: FastifyReply): Promise<User> {
    return this.tagged(principal, await this.profile.find(principal), reply);
  }

  /** Change my profile; what is absent stays. Another e-mail address needs the current password. */
  @Patch()
  @SignedIn({ sessionOnly: true })
  @IfMatch()
  async change(
    @CurrentPrincipal() principal: Principal,
    @Body() input: ChangeProfile,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<User> {
    return this.tagged(principal, await this.profile.change(principal, input, ifMatch), reply);
  }

  private tagged(principal: Principal, user: UserRow, reply: FastifyReply): Promise<User> {
    void reply.header('etag', entityTag(user.version));
    return this.views.one(principal, user);
  }
}
