import { Body, Controller, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../access/access.decorator.js';
import { TokenPair } from '../sessions/token-pair.dto.js';
import { AcceptInvitation, InvitationOffer, InvitationToken } from './invitation.dto.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';

@ApiTags('Accounts')
@Controller('invitations')
export class InvitationAcceptanceController {
  constructor(private readonly acceptance: InvitationAcceptanceService) {}

  /** What an invitation is to, for whoever has its token. */
  @Post('look-up')
  @HttpCode(200)
  @Public()
  lookUp(@Body() { token }: InvitationToken, @Ip() address: string): Promise<InvitationOffer> {
    return this.acceptance.lookUp(token, address);
  }

  /** Accept an invitation, with the password of the account that there is or with one for a new account. Works once. */
  @Post('accept')
  @Public()
  accept(
    @Body() input: AcceptInvitation,
    @Ip() address: string,
    @Headers('user-agent') userAgent?: string,
  ): Promise<TokenPair> {
    return this.acceptance.accept(input, { address, userAgent });
  }
}
