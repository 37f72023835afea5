import { Injectable } from '@nestjs/common';
import { secretHash } from '../../platform/security/secret-hash.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';

interface AttemptTables {
  sign_in_attempts: {
    /** A hash, since it is about people who may have no account here. */
    attempt_key: string;
    /** Attempts that have failed or are being made. */
    taken: number;
    failed: number;
    ends_at: string;
  };
}

/** So many attempts within so many seconds. */
export interface AttemptLimit {
  readonly attempts: number;
  readonly seconds: number;
}

/** The window of time to which an attempt belongs. */
export interface AttemptWindow {
  readonly key: string;
  readonly endsAt: string;
}

/** Ended windows are removed whenever so many attempts have been taken. */
const attemptsBetweenSweeps = 1000;

/**
 * Counts failed attempts by key in fixed windows, for all processes that share the database. An attempt is taken before
 * it is made and given back unless it fails, so that many at once get no further than one after another. Each change is
 * one statement: whoever counts the same at the same time waits for it, and nobody's transaction is run again.
 */
@Injectable()
export class SignInAttemptsRepository {
  private attemptsUntilSweep = attemptsBetweenSweeps;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Undefined when the window has as many as it may. */
  async take(name: string, { attempts, seconds }: AttemptLimit): Promise<AttemptWindow | undefined> {
    await this.sweep();
    const now = this.clock.now();
    const [key, at] = [secretHash(name), now.toISOString()];
    const fresh = { taken: 1, failed: 0, ends_at: new Date(now.getTime() + seconds * 1000).toISOString() };
    const taken = await this.tables()
      .insertInto('sign_in_attempts')
      .values({ attempt_key: key, ...fresh })
      .onConflict((conflict) =>
        conflict
          .column('attempt_key')
          .doUpdateSet(({ eb }) => {
            const isOver = () => eb.case().when('sign_in_attempts.ends_at', '<=', at);
            return {
              taken: isOver()
                .then(fresh.taken)
                .else(eb('sign_in_attempts.taken', '+', 1))
                .end(),
              failed: isOver().then(fresh.failed).else(eb.ref('sign_in_attempts.failed')).end(),
              ends_at: isOver().then(fresh.ends_at).else(eb.ref('sign_in_attempts.ends_at')).end(),
            };
          })
          .where(({ eb, or }) =>
            or([eb('sign_in_attempts.ends_at', '<=', at), eb('sign_in_attempts.taken', '<', attempts)]),
          ),
      )
      .returning('ends_at')
      .executeTakeFirst();
    return taken && { key, endsAt: taken.ends_at };
  }

  /** Seconds until there may be another attempt: 1 while others are trying that could use up the limit. */
  async wait(name: string, { attempts }: AttemptLimit): Promise<number> {
    const window = await this.tables()
      .selectFrom('sign_in_attempts')
      .select(['failed', 'ends_at'])
      .where('attempt_key', '=', secretHash(name))
      .executeTakeFirst();
    if (!window || window.failed < attempts) return 1;
    return Math.max(1, Math.ceil((Date.parse(window.ends_at) - this.clock.now().getTime()) / 1000));
  }

  /** The attempt did not fail. A window of which nothing is left is over. */
  async giveBack(window: AttemptWindow): Promise<void> {
    await this.rowOf(window)
      .set(({ eb }) => ({ taken: eb('taken', '-', 1) }))
      .execute();
    await this.tables()
      .deleteFrom('sign_in_attempts')
      .where('attempt_key', '=', window.key)
      .where('taken', '<=', 0)
      .execute();
  }

  /** The attempt failed. True for the one that uses up the limit. */
  async fail(window: AttemptWindow, { attempts }: AttemptLimit): Promise<boolean> {
    const row = await this.rowOf(window)
      .set(({ eb }) => ({ failed: eb('failed', '+', 1) }))
      .returning('failed')
      .executeTakeFirst();
    return row?.failed === attempts;
  }

  async forget({ key }: AttemptWindow): Promise<void> {
    await this.tables().deleteFrom('sign_in_attempts').where('attempt_key', '=', key).execute();
  }

  private async sweep(): Promise<void> {
    this.attemptsUntilSweep -= 1;
    if (this.attemptsUntilSweep > 0) return;
    this.attemptsUntilSweep = attemptsBetweenSweeps;
    const now = this.clock.now().toISOString();
    await this.tables().deleteFrom('sign_in_attempts').where('ends_at', '<=', now).execute();
  }

  private rowOf({ key, endsAt }: AttemptWindow) {
    return this.tables().updateTable('sign_in_attempts').where('attempt_key', '=', key).where('ends_at', '=', endsAt);
  }

  private tables() {
    return this.database.tables<AttemptTables>();
  }
}
