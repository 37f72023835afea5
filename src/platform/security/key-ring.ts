import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Derives one independent key for each purpose from a single master secret. */
export class KeyRing {
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly masterKey: string) {}

  /** Uses the given secret, or the one kept in the folder, which is made on first use and readable by its owner only. */
  static open(masterKey: string | undefined, directory: string): KeyRing {
    return new KeyRing(masterKey ?? readOrCreate(directory));
  }

  /** A 32-byte key that is the same for the same purpose, and tells nothing about the keys of others. */
  key(purpose: string): Buffer {
    let key = this.keys.get(purpose);
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', this.masterKey, '', purpose, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }

  /** HMAC-SHA-256 of the text under the purpose's key, base64url. */
  sign(purpose: string, text: string): string {
    return createHmac('sha256', this.key(purpose)).update(text).digest('base64url');
  }

  /** Compares in constant time. */
  verify(purpose: string, text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(purpose, text));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}

function readOrCreate(directory: string): string {
  const path = join(directory, 'master.key');
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const key = randomBytes(32).toString('base64url');
  writeFileSync(`${path}.new`, `${key}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  chmodSync(path, 0o600);
  return key;
}
