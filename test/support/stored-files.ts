import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestApp } from './app.js';

/** Paths of all files that the service keeps of uploads: objects, temporary files and parts. Empty folders do not count. */
export function storedFiles(test: TestApp): string[] {
  return ['objects', 'scratch', 'resumable'].flatMap((folder) => filesBelow(join(test.dataDirectory, folder)));
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Calls `read` until `isDone` holds for what it returns, for at most a minute. */
export async function eventually<Value>(read: () => Promise<Value>, isDone: (value: Value) => boolean): Promise<Value> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const value = await read();
    if (isDone(value) || performance.now() > deadline) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
