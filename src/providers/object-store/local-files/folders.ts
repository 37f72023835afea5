import { mkdir, open, realpath, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, unlessAbsent } from './file-errors.js';

/** The folders below a root that hold the objects: made durable when they are needed, removed when they are empty. */
export class Folders {
  private readonly beingCreated = new Map<string, Promise<void>>();

  /** `root` must be a real path. */
  constructor(private readonly root: string) {}

  /** The folder exists and would outlive a power cut, even when another call is just creating it. */
  ensure(folder: string): Promise<void> {
    if (folder === this.root) return Promise.resolve();
    const pending = this.beingCreated.get(folder);
    if (pending) return pending;
    const creating = this.create(folder).finally(() => this.beingCreated.delete(folder));
    this.beingCreated.set(folder, creating);
    return creating;
  }

  /** True when the path leads through a symbolic link, which never belongs here and is never followed. */
  async leadsThroughLink(folder: string): Promise<boolean> {
    const real = await unlessAbsent(realpath(folder));
    return real !== undefined && real !== folder;
  }

  /** Removes the folder and the folders above it as far as they are empty. */
  async prune(folder: string): Promise<void> {
    for (let current = folder; current !== this.root; current = dirname(current)) {
      try {
        await rmdir(current);
      } catch (error) {
        if (errorCode(error) !== 'ENOENT') return;
      }
    }
  }

  /** Tries the folder itself first: mostly it exists, or at least its parent does. */
  private async create(folder: string): Promise<void> {
    const parent = dirname(folder);
    // What another call is just creating may be there, but not durable yet.
    await this.beingCreated.get(parent);
    try {
      await mkdir(folder);
      await syncFolder(parent);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EEXIST') return;
      if (code !== 'ENOENT' || parent === this.root) throw error;
      await this.ensure(parent);
      await this.create(folder);
    }
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
