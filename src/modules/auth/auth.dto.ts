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

/** A pair of tokens. */
export class TokenPair {
  /** Goes into the Authorization header. */
  access_token!: string;

  /** Good for one call of POST /auth/refresh; keep it secret. */
  refresh_token!: string;

  /** @example "bearer" */
  token_type!: 'bearer';

  /**
   * Seconds until the access token expires.
   * @example 900
   */
  expires_in!: number;
}
