import { basename, dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { migrate } from '../../../migrations/migrate.js';
import { type Migration, migrations } from '../../../migrations/migrations.js';
import { ExclusiveFolder } from '../../exclusive-folder/exclusive-folder.js';
import { Database, type DatabaseTransaction } from '../database.js';
import { SqliteConnection } from './sqlite-connection.js';
import { SqliteDialect, SqliteDriver } from './sqlite-dialect.js';
import { translateError } from './sqlite-errors.js';
import type { Unit } from './sqlite-units.js';
import { type SyncFile, WriteAheadLog } from './write-ahead-log.js';

/**
 * Readers never see half a transaction (WAL). Commits are synchronised with the disk by the `WriteAheadLog`, checkpoints
 * by SQLite (`synchronous = normal`). The folder is this process's alone, so no statement need ask the operating system
 * for a lock (`locking_mode`).
 */
const settings = [
  'pragma locking_mode = exclusive',
  'pragma journal_mode = wal',
  'pragma synchronous = normal',
  'pragma journal_size_limit = 67108864',
  'pragma cache_size = -16000',
  'pragma temp_store = memory',
  'select count(*) from sqlite_schema',
];

export interface SqliteOptions {
  readonly migrations?: readonly Migration[];
  /** How the log is brought onto the disk. */
  readonly sync?: SyncFile;
}

/**
 * A file of this process alone. Queries run in turn on one connection; each takes well under a millisecond. What was
 * written is on the disk before anybody is told, and so is what a reader could have seen. When the disk fails to keep it,
 * everything rejects with `DatabaseNotDurable` until the process is started anew.
 */
export class SqliteDatabase extends Database {
  readonly isShared = false;
  readonly rowIdentity = 'rowid';
  private readonly driver: SqliteDriver;
  private readonly kysely: Kysely<unknown>;
  private closed = false;

  private constructor(
    private readonly native: DatabaseSync,
    private readonly log: WriteAheadLog,
    private readonly folder: ExclusiveFolder,
    file: string,
    private readonly steps: readonly Migration[],
  ) {
    super();
    this.driver = new SqliteDriver(new SqliteConnection(native, file, log.sync), log.sync);
    this.kysely = new Kysely({ dialect: new SqliteDialect(this.driver) });
  }

  /** Opens or creates the file. Rejects with `FolderInUse` or `DatabaseDamaged`. */
  static async open(path: string, options: SqliteOptions = {}): Promise<SqliteDatabase> {
    const file = resolve(path);
    const folder = await ExclusiveFolder.hold(dirname(file), `.${basename(file)}.lock`);
    try {
      const native = openFile(file);
      const log = await openLog(native, file, options.sync);
      return new SqliteDatabase(native, log, folder, file, options.migrations ?? migrations);
    } catch (error) {
      folder.release();
      throw translateError(error, file);
    }
  }

  tables<Tables>(): Kysely<Tables> {
    return this.kysely as unknown as Kysely<Tables>;
  }

  async transaction<Result>(work: (transaction: DatabaseTransaction) => Promise<Result>): Promise<Result> {
    const afterCommit: (() => void)[] = [];
    const result = await this.kysely.transaction().execute((kyselyTransaction) =>
      this.driver.insideTransaction(async () => {
        const transaction: DatabaseTransaction = {
          tables: () => kyselyTransaction as never,
          afterCommit: (callback) => void afterCommit.push(callback),
        };
        const done = await work(transaction);
        await this.finish(transaction);
        return done;
      }),
    );
    for (const callback of afterCommit) callback();
    return result;
  }

  /** For adapters that keep their data in SQLite: reads without Kysely between, for speed. Not within a transaction. */
  read<Result>(unit: Unit<Result>): Promise<Result> {
    return this.driver.read(unit);
  }

  /** As `read`, a transaction: its effects are durable, as a whole, when this resolves. */
  write<Result>(unit: Unit<Result>): Promise<Result> {
    return this.driver.write(unit);
  }

  async migrate(): Promise<void> {
    await migrate(this.kysely, this.steps);
  }

  async ping(): Promise<void> {
    await sql`select 1`.execute(this.kysely);
  }

  /** Waits for what is running. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.driver.alone(async () => {
      await this.kysely.destroy();
      await this.log.close();
      // SQLite would copy the log into the database, and the log may not be what was written.
      if (this.log.sync.isSound) this.native.close();
      this.folder.release();
    });
  }
}

function openFile(file: string): DatabaseSync {
  const native = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
  try {
    for (const setting of settings) native.exec(setting);
    return native;
  } catch (error) {
    native.close();
    throw error;
  }
}

async function openLog(native: DatabaseSync, file: string, sync: SyncFile | undefined): Promise<WriteAheadLog> {
  try {
    return await WriteAheadLog.open(native, file, sync);
  } catch (error) {
    native.close();
    throw error;
  }
}
