import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import { type FileHead, openHead } from '../uploads/domain/file-head.js';
import type { UploadRow } from '../uploads/uploads.repository.js';

/** Reads the first bytes of stored files. */
@Injectable()
export class StoredHead {
  constructor(private readonly store: ObjectStore) {}

  /** At most `limit` bytes of the file, and of what it expands to, however large it is. */
  async read({ raw_key: key, bytes }: UploadRow, limit: number): Promise<FileHead> {
    const length = Math.min(bytes, limit);
    if (length === 0) return { bytes: Buffer.alloc(0), complete: true, compression: 'none' };
    const stored = await buffer(await this.store.get(key!, { start: 0, end: length - 1 }));
    return openHead(stored, length === bytes, limit);
  }
}
