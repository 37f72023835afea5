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
