import type { SQLInputValue } from 'node:sqlite';
import type { Mutex } from './mutex.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { WalSync } from './wal-sync.js';

/** Statements that are executed at once. */
export interface Statements {
  rows<Row>(sql: string, parameters: readonly SQLInputValue[]): Row[];
  /** Returns how many rows were changed. */
  run(sql: string, parameters: readonly SQLInputValue[]): number;
}

/** Work that is done without a pause. It changes nothing but the database: it may be done again after a rollback. */
export type Unit<Result> = (statements: Statements) => Result;

type Outcome = { readonly value: unknown } | { readonly error: unknown };

interface Waiting {
  readonly unit: Unit<unknown>;
  readonly done: (outcome: Outcome) => void;
}

/** So that one transaction does not hold up the event loop for long. */
const mostTogether = 50;

/**
 * For those who know that the database is SQLite: each unit is a transaction of its own to whoever asks for it. Those that
 * are asked for at about the same time share one commit, since that costs more than most of what they do.
 */
export class SqliteUnits {
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly connection: SqliteConnection,
    private readonly turn: Mutex,
    private readonly wal: WalSync,
  ) {}

  async read<Result>(unit: Unit<Result>): Promise<Result> {
    await this.turn.acquire();
    try {
      this.wal.requireSound();
      return unit(this.connection);
    } finally {
      this.turn.release();
      await this.wal.settled();
    }
  }

  async write<Result>(unit: Unit<Result>): Promise<Result> {
    const outcome = await new Promise<Outcome>((done) => {
      this.waiting.push({ unit, done });
      if (this.waiting.length === 1) setImmediate(() => void this.flush());
    });
    await this.wal.settled();
    if ('error' in outcome) throw outcome.error;
    return outcome.value as Result;
  }

  private async flush(): Promise<void> {
    await this.turn.acquire();
    const group = this.waiting.splice(0, mostTogether);
    if (this.waiting.length > 0) setImmediate(() => void this.flush());
    const outcomes = this.outcomesOf(group.map(({ unit }) => unit));
    this.turn.release();
    for (const [index, { done }] of group.entries()) done(outcomes[index]!);
  }

  /** All in one transaction, or where one of them fails, each in its own. */
  private outcomesOf(units: readonly Unit<unknown>[]): readonly Outcome[] {
    try {
      return this.transaction(() => units.map((unit) => ({ value: unit(this.connection) })));
    } catch (error) {
      return units.length === 1 ? [{ error }] : units.flatMap((unit) => this.outcomesOf([unit]));
    }
  }

  private transaction<Result>(work: () => Result): Result {
    this.wal.requireSound();
    this.connection.begin();
    try {
      const result = work();
      this.connection.commit();
      return result;
    } catch (error) {
      this.connection.rollback();
      throw error;
    }
  }
}
