import { realpathSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { StorageFull } from '../../object-store/errors.js';
import { DatabaseNotDurable } from '../errors.js';
import { translateError } from './sqlite-errors.js';
import { WalSync } from './wal-sync.js';

/** Brings a file's content onto the disk. */
export type SyncFile = (file: FileHandle) => Promise<void>;

const syncFile: SyncFile = (file) => file.datasync();

/**
 * The log of a database with `synchronous = normal`: SQLite then leaves it to somebody else when its commits become
 * durable. Here that is done off the event loop, through a descriptor of our own. (Closing it harms no lock: those are on
 * the database file, which must never be opened a second time.)
 */
export class WriteAheadLog {
  readonly sync: WalSync;

  private constructor(
    private readonly file: FileHandle,
    database: string,
    sync: SyncFile,
  ) {
    this.sync = new WalSync(
      () => sync(file),
      (cause) => new DatabaseNotDurable(database, cause),
    );
  }

  /** The log is there once the database has been read, and stays the same file until the database is closed. */
  static async open(native: DatabaseSync, database: string, sync = syncFile): Promise<WriteAheadLog> {
    const file = await open(`${realpathSync(database)}-wal`, 'r+');
    try {
      await settle(native, database, file);
      return new WriteAheadLog(file, database, sync);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Waits until all is on the disk, unless that has become impossible. */
  async close(): Promise<void> {
    await this.sync.settled().catch(() => undefined);
    await this.file.close();
  }
}

/**
 * What a killed process has left in the log may not be on the disk. Nobody reads it before it is: it goes into the
 * database, or where a full disk has no room for that, stays where it is.
 */
async function settle(native: DatabaseSync, database: string, log: FileHandle): Promise<void> {
  try {
    native.exec('pragma wal_checkpoint(truncate)');
  } catch (error) {
    if (!(translateError(error, database) instanceof StorageFull)) throw error;
    await log.datasync();
  }
}
