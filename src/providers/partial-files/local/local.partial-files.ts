import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ObjectLengthMismatch } from '../../object-store/errors.js';
import { translateWriteError, unlessAbsent } from '../../object-store/local-files/file-errors.js';
import type { ObjectStore } from '../../object-store/object-store.js';
import { type PartialFile, PartialFiles } from '../partial-files.js';

const readAheadBytes = 1024 * 1024;

/** One local file each, outside the scratch folder since it outlives a restart, and on the same disk as the objects. */
export class LocalPartialFiles extends PartialFiles {
  readonly shared = false;

  constructor(
    private readonly store: ObjectStore,
    private readonly directory: string,
  ) {
    super();
  }

  async create(file: PartialFile): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await (await open(this.path(file), 'wx', 0o600)).close();
  }

  async size(file: PartialFile): Promise<number | undefined> {
    return (await unlessAbsent(stat(this.path(file))))?.size;
  }

  async append(file: PartialFile, offset: number, content: Readable): Promise<void> {
    const sink = createWriteStream(this.path(file), { flags: 'r+', start: offset, flush: true });
    try {
      await pipeline(content, sink);
    } catch (error) {
      if (!sink.closed) await once(sink, 'close');
      throw translateWriteError(error);
    }
  }

  /** The whole file gets a second name, under which it can be moved away while this one stays. */
  async publish(file: PartialFile, bytes: number, onChunk: (chunk: Uint8Array) => void): Promise<void> {
    let read = 0;
    for await (const chunk of createReadStream(this.path(file), {
      highWaterMark: readAheadBytes,
    }) as AsyncIterable<Buffer>) {
      read += chunk.length;
      onChunk(chunk);
    }
    if (read !== bytes) throw new ObjectLengthMismatch(bytes, read);
    const path = join(this.store.scratchDirectory, file.id);
    await rm(path, { force: true });
    await link(this.path(file), path);
    await this.store.putFile(file.key, path, { bytes });
  }

  async remove(file: PartialFile): Promise<void> {
    await rm(this.path(file), { force: true });
  }

  async ownIds(): Promise<string[]> {
    return (await unlessAbsent(readdir(this.directory))) ?? [];
  }

  private path({ id }: PartialFile): string {
    return join(this.directory, id);
  }
}
