import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/caller.js';
import { ChangePassword } from './auth.dto.js';
import { PasswordService } from './password.service.js';

@ApiTags('Accounts')
@Controller('users/me/password')
export class PasswordController {
  constructor(private readonly passwords: PasswordService) {}

  /** Change your password. You stay signed in here; all your other sessions end. */
  @Post()
  @HttpCode(204)
  @SignedIn({ sessionOnly: true })
  change(@CurrentPrincipal() principal: Principal, @Body() input: ChangePassword): Promise<void> {
    return this.passwords.change(principal, input);
  }
}
