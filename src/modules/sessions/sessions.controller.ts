import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { SignedIn } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/caller.js';
import { EndSessions, SessionPage } from './session.dto.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('Accounts')
@Controller('users/me/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  /** Where you are signed in, newest first. */
  @Get()
  @SignedIn({ sessionOnly: true })
  list(@CurrentPrincipal() principal: Principal, @Query() page: PageQuery): Promise<SessionPage> {
    return this.sessions.list(principal.userId, principal.credential.id, page);
  }

  /** Sign out in one place. What runs there ends within a second. */
  @Delete(':session_id')
  @HttpCode(204)
  @SignedIn({ sessionOnly: true })
  end(@CurrentPrincipal() principal: Principal, @Param('session_id') sessionId: string): Promise<void> {
    return this.sessions.end(principal, sessionId);
  }

  /** Sign out everywhere, or everywhere but here with `?keep_current=true`. */
  @Delete()
  @HttpCode(204)
  @SignedIn({ sessionOnly: true })
  endAll(@CurrentPrincipal() principal: Principal, @Query() { keep_current }: EndSessions): Promise<void> {
    return this.sessions.endAll(principal, keep_current ? principal.credential.id : undefined);
  }
}
