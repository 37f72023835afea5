import { Body, Controller, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public, SignedIn } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/caller.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { TokenPair } from '../sessions/token-pair.dto.js';
import { LoginRequest, RefreshRequest, SetupRequest } from './auth.dto.js';
import { AuthService } from './auth.service.js';
import { SetupService } from './setup.service.js';

@ApiTags('Accounts')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly setup: SetupService,
    private readonly sessions: SessionsService,
  ) {}

  /** Create the first owner with the token that the service printed at its first start. Works once. */
  @Post('setup')
  @Public()
  async setUp(
    @Body() input: SetupRequest,
    @Ip() address: string,
    @Headers('user-agent') userAgent?: string,
  ): Promise<TokenPair> {
    const userId = await this.setup.setUp(input, address);
    return this.sessions.begin(userId, { address, userAgent });
  }

  /** Sign in with e-mail address and password. */
  @Post('login')
  @HttpCode(200)
  @Public()
  login(
    @Body() input: LoginRequest,
    @Ip() address: string,
    @Headers('user-agent') userAgent?: string,
  ): Promise<TokenPair> {
    return this.auth.login(input, { address, userAgent });
  }

  /** Exchange a refresh token for a new pair. A token that comes back after it was used ends the whole session. */
  @Post('refresh')
  @HttpCode(200)
  @Public()
  refresh(@Body() input: RefreshRequest, @Ip() address: string): Promise<TokenPair> {
    return this.auth.refresh(input.refresh_token, address);
  }

  /** End this session: its access and refresh tokens stop working. */
  @Post('logout')
  @HttpCode(204)
  @SignedIn({ sessionOnly: true })
  logout(@CurrentPrincipal() principal: Principal): Promise<void> {
    return this.sessions.end(principal, principal.credential.id);
  }
}
