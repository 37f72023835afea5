import { EngineSession } from './engine-session.js';
import type { TaskLimits } from './task.js';

/** Two, so that a task that follows at once finds one while the next is being made. */
const SIZE = 2;

/** Sessions made ahead of time, each used once. */
export class SessionStock {
  private readonly sessions: Promise<EngineSession>[] = [];

  /** `prelude` is run in every session before it is used. */
  constructor(private readonly prelude: readonly string[] = []) {}

  /** Fills the stock; waits for the first session only. */
  readonly prepare = async (limits: TaskLimits): Promise<void> => {
    while (this.sessions.length < SIZE) this.sessions.push(EngineSession.open(limits, this.prelude));
    await this.sessions[0];
  };

  /** A fresh session, which whoever takes it has to close. */
  async take(limits: TaskLimits): Promise<EngineSession> {
    return this.sessions.shift() ?? EngineSession.open(limits, this.prelude);
  }

  /** Does a piece of work in a fresh session, which is thrown away afterwards. */
  async use<Result>(limits: TaskLimits, work: (session: EngineSession) => Promise<Result>): Promise<Result> {
    const session = await this.take(limits);
    try {
      return await work(session);
    } finally {
      // Closing takes a millisecond or two and nobody has to wait for it.
      setImmediate(() => session.close());
    }
  }
}

/** Sessions for SQL of our own over stored files. */
export const plainSessions = new SessionStock();
