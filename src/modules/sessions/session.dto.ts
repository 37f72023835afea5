import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';

/** One place where a user is signed in. */
export class Session {
  /** @example "ses_01j8x0q0000000000000000000" */
  session_id!: string;

  /** @example "2026-11-21T08:00:00.000Z" */
  created_at!: string;

  /**
   * When its tokens were last refreshed, or when it began.
   * @example "2026-11-21T09:45:00.000Z"
   */
  last_used_at!: string;

  /**
   * When it ends unless it is used before.
   * @example "2026-12-21T09:45:00.000Z"
   */
  expires_at!: string;

  /**
   * Where the sign-in came from.
   * @example "203.0.113.7"
   */
  address!: string | null;

  /** @example "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0" */
  user_agent!: string | null;

  /** Whether this call was made with it. */
  current!: boolean;
}

/** One page of sessions. */
export class SessionPage {
  items!: Session[];
  next_cursor!: string | null;
}

/** Which sessions to end. */
export class EndSessions {
  /** Stay signed in here. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  keep_current: boolean = false;
}
