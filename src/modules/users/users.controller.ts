import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/caller.js';
import { NotAuthenticated } from '../access/errors.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { User } from './user.dto.js';
import { UsersRepository } from './users.repository.js';

@ApiTags('Accounts')
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UsersRepository,
    private readonly workspaces: WorkspacesRepository,
  ) {}

  /** Who am I, and which workspaces do I belong to? */
  @Get('me')
  @SignedIn()
  async me(@CurrentPrincipal() principal: Principal): Promise<User> {
    const user = await this.users.find(principal.userId);
    if (!user) throw new NotAuthenticated('The account no longer exists.');
    const memberships = await this.workspaces.membershipsOf(user.id);
    return {
      id: user.id,
      email: user.email,
      username: user.username,
      full_name: user.full_name,
      is_active: user.is_active === 1,
      workspaces: memberships
        .filter(
          ({ workspaceId }) =>
            principal.credential.kind === 'session' || principal.credential.workspaceId === workspaceId,
        )
        .map(({ workspaceId, name, role }) => ({ id: workspaceId, name, role })),
    };
  }
}
