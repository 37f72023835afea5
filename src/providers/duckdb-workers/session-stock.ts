import { EngineSession } from './engine-session.js';
import type { TaskLimits } from './task.js';

/** Two, so that a task that follows at once finds one while the next is being made. */
const SIZE = 2;
const stock: Promise<EngineSession>[] = [];

/** Makes sessions ahead of time; waits for the first of them only. */
export async function stockSessions(limits: TaskLimits): Promise<void> {
  while (stock.length < SIZE) stock.push(EngineSession.open(limits));
  await stock[0];
}

/** Does a piece of work in a fresh session, which is thrown away afterwards. */
export async function withSession<Result>(
  limits: TaskLimits,
  work: (session: EngineSession) => Promise<Result>,
): Promise<Result> {
  const session = await (stock.shift() ?? EngineSession.open(limits));
  try {
    return await work(session);
  } finally {
    // Closing takes a millisecond or two and nobody has to wait for it.
    setImmediate(() => session.close());
  }
}
