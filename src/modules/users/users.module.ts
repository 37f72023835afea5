import { Module } from '@nestjs/common';
import { FailedSignIns } from './failed-sign-ins.js';
import { NewAccounts } from './new-accounts.js';
import { PasswordCheck } from './password-check.js';
import { PasswordHasher } from './password.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';
import { UsersRepository } from './users.repository.js';

/** People who can sign in. */
@Module({
  providers: [FailedSignIns, NewAccounts, PasswordCheck, PasswordHasher, SignInAttemptsRepository, UsersRepository],
  exports: [NewAccounts, PasswordCheck, PasswordHasher, UsersRepository],
})
export class UsersModule {}
