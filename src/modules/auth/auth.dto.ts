import { IsString, Length, MaxLength } from 'class-validator';

/** Creates the first owner. */
export class SetupRequest {
  /**
   * The one-time token that the service prints at its first start.
   * @example "setup-4f9c…"
   */
  @IsString()
  @MaxLength(200)
  token!: string;

  /** @example "ada@example.com" */
  @IsString()
  @Length(3, 254)
  email!: string;

  /**
   * At least 8 characters, at most 72 bytes.
   * @example "correct horse battery staple"
   */
  @IsString()
  @MaxLength(1000)
  password!: string;

  /** @example "Ada Lovelace" */
  @IsString()
  @Length(1, 200)
  full_name!: string;
}

/** E-mail address and password. */
export class LoginRequest {
  /** @example "ada@example.com" */
  @IsString()
  @MaxLength(254)
  email!: string;

  /** @example "correct horse battery staple" */
  @IsString()
  @MaxLength(1000)
  password!: string;
}

/** A refresh token that has not been used yet. */
export class RefreshRequest {
  /** @example "ttr_…" */
  @IsString()
  @MaxLength(200)
  refresh_token!: string;
}

/** A new password for oneself. */
export class ChangePassword {
  /** @example "correct horse battery staple" */
  @IsString()
  @MaxLength(1000)
  current_password!: string;

  /**
   * At least 8 characters, at most 72 bytes, and neither the current password nor the e-mail address or user name.
   * @example "an even better battery staple"
   */
  @IsString()
  @MaxLength(1000)
  new_password!: string;
}
