import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** One empty folder for each task, made while the worker has nothing to do. */
export class TaskScratch {
  private count = 0;
  private path: string;

  constructor(private readonly root: string) {
    this.path = this.make();
  }

  get directory(): string {
    return this.path;
  }

  /** Removes the folder of the task that has ended and makes the next one. */
  async renew(): Promise<void> {
    const used = this.path;
    this.path = this.make();
    await rm(used, { recursive: true, force: true });
  }

  private make(): string {
    const path = join(this.root, String(++this.count));
    mkdirSync(path, { recursive: true });
    return path;
  }
}
