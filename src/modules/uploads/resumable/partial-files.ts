import { createReadStream, createWriteStream, type ReadStream, type WriteStream } from 'node:fs';
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../../../config/config.js';

/**
 * What has arrived of resumable uploads: one local file each, outside the scratch folder since it outlives a restart.
 * Its size is the offset at which the upload goes on.
 */
@Injectable()
export class PartialFiles {
  private readonly directory: string;

  constructor(config: Config) {
    this.directory = resolve(config.dataDirectory, 'resumable');
  }

  async create(uploadId: string): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await (await open(this.path(uploadId), 'wx', 0o600)).close();
  }

  /** Undefined when there is no such file. */
  async size(uploadId: string): Promise<number | undefined> {
    return stat(this.path(uploadId)).then(({ size }) => size, absent);
  }

  /** Writes at the end, and flushes to the disk before it closes. */
  append(uploadId: string, offset: number): WriteStream {
    return createWriteStream(this.path(uploadId), { flags: 'r+', start: offset, flush: true });
  }

  read(uploadId: string): ReadStream {
    return createReadStream(this.path(uploadId), { highWaterMark: 1024 * 1024 });
  }

  /** Removing what is not there is no error. */
  async remove(uploadId: string): Promise<void> {
    await rm(this.path(uploadId), { force: true });
  }

  /** Gives the whole file a second name in the folder, under which it can be moved away while this one stays. */
  async linkInto(folder: string, uploadId: string): Promise<string> {
    const path = join(folder, uploadId);
    await rm(path, { force: true });
    await link(this.path(uploadId), path);
    return path;
  }

  async list(): Promise<string[]> {
    return (await readdir(this.directory).catch(absent)) ?? [];
  }

  private path(uploadId: string): string {
    return join(this.directory, uploadId);
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
