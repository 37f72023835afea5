import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '../../platform/errors/startup-error.js';

/** Another process works in the folder. Meant for whoever starts the service, so it names the folder. */
export class FolderInUse extends StartupError {
  override readonly name = 'FolderInUse';

  constructor(folder: string) {
    super(
      `The folder ${folder} is in use by another running Tabletalk. ` +
        'Stop that one first, or give this one a folder of its own with DATA_DIR.',
    );
  }
}

/** How long a start waits for a process that is just ending. */
const patienceMs = 1000;

/**
 * The sole right to a folder, held until `release` or the end of the process, however it ends: it is a lock of the
 * operating system on `lockName`, taken through SQLite, so a killed process leaves nothing stale behind.
 */
export class ExclusiveFolder {
  private constructor(
    readonly path: string,
    private readonly lock: DatabaseSync,
  ) {}

  /** Creates the folder when it is missing. Rejects with `FolderInUse`. */
  static async hold(folder: string, lockName: string): Promise<ExclusiveFolder> {
    const path = resolve(folder);
    await mkdir(path, { recursive: true });
    for (const deadline = performance.now() + patienceMs; ; await delay(50)) {
      const lock = tryToLock(join(path, lockName));
      if (lock) return new ExclusiveFolder(path, lock);
      if (performance.now() > deadline) throw new FolderInUse(path);
    }
  }

  release(): void {
    this.lock.close();
  }
}

function tryToLock(file: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw error;
  }
}

const sqliteBusy = 5;
