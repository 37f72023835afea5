import { Readable } from 'node:stream';
import { ObjectExists } from '../../object-store/errors.js';
import type { ObjectStore } from '../../object-store/object-store.js';
import { type PartialFile, PartialFiles, PartialFileTaken } from '../partial-files.js';

const defaultPartBytes = 8 * 1024 * 1024;
/** Enough for the offset in every file that a number can measure, so that keys sort as offsets do. */
const offsetDigits = 16;

/**
 * Objects beside the one that the file becomes, each named by the offset at which it begins. A name is taken but once:
 * of two processes that go on from the same place one wins, and the other learns of it, so bytes never mix. What a
 * process holds in memory when it dies, less than `partBytes`, is lost; the sender is told where to go on.
 */
export class ObjectPartialFiles extends PartialFiles {
  readonly shared = true;

  constructor(
    private readonly store: ObjectStore,
    private readonly partBytes = defaultPartBytes,
  ) {
    super();
  }

  /** There is nothing to do: no part is an empty file. */
  async create(): Promise<void> {}

  async size(file: PartialFile): Promise<number> {
    let end = 0;
    for await (const { bytes } of this.parts(file)) end += bytes;
    return end;
  }

  async append(file: PartialFile, offset: number, content: Readable): Promise<void> {
    let end = offset;
    for await (const part of gathered(content, this.partBytes)) {
      await this.addPart(file, end, part);
      end += part.length;
    }
  }

  async publish(file: PartialFile, bytes: number, onChunk: (chunk: Uint8Array) => void): Promise<void> {
    await this.store.put(file.key, Readable.from(this.read(file, onChunk), { objectMode: false }), { bytes });
  }

  async remove(file: PartialFile): Promise<void> {
    await this.store.deletePrefix(folderOf(file));
  }

  async ownIds(): Promise<string[]> {
    return [];
  }

  private async addPart(file: PartialFile, offset: number, part: Buffer): Promise<void> {
    try {
      await this.store.put(`${folderOf(file)}${String(offset).padStart(offsetDigits, '0')}`, part, { ifAbsent: true });
    } catch (error) {
      throw error instanceof ObjectExists ? new PartialFileTaken(file) : error;
    }
  }

  private async *read(file: PartialFile, onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
    for await (const { key } of this.parts(file)) {
      for await (const chunk of (await this.store.get(key)) as AsyncIterable<Uint8Array>) {
        onChunk(chunk);
        yield chunk;
      }
    }
  }

  /** Those that follow each other without a gap, from the file's first byte on. */
  private async *parts(file: PartialFile): AsyncGenerator<{ key: string; bytes: number }> {
    const folder = folderOf(file);
    let end = 0;
    for await (const { key, bytes } of this.store.list(folder)) {
      if (Number(key.slice(folder.length)) !== end) return;
      yield { key, bytes };
      end += bytes;
    }
  }
}

function folderOf({ key }: PartialFile): string {
  return `${key}-parts/`;
}

/** The content in larger pieces. When it breaks off, what has come is given before the error is thrown. */
async function* gathered(content: Readable, bytes: number): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let held = 0;
  const all = () => {
    const piece = Buffer.concat(chunks, held);
    chunks = [];
    held = 0;
    return piece;
  };
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      held += chunk.length;
      if (held >= bytes) yield all();
    }
  } catch (error) {
    if (held > 0) yield all();
    throw error;
  }
  if (held > 0) yield all();
}
