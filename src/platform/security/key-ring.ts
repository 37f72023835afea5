import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The keys that are derived from one master secret, one for each purpose. */
class DerivedKeys {
  /** Names the secret without telling anything about it: 64 bits, base64url. */
  readonly id: string;
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly masterKey: string) {
    this.id = this.key('key-id').subarray(0, 8).toString('base64url');
  }

  key(purpose: string): Buffer {
    let key = this.keys.get(purpose);
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', this.masterKey, '', purpose, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }

  sign(purpose: string, text: string): string {
    return createHmac('sha256', this.key(purpose)).update(text).digest('base64url');
  }
}

/**
 * Derives one independent key for each purpose from a master secret. Signs with the current secret and verifies with
 * the previous ones too, so that what was signed before a rotation stays good.
 */
export class KeyRing {
  private readonly current: DerivedKeys;
  private readonly all: readonly DerivedKeys[];

  constructor(masterKey: string, previousMasterKeys: readonly string[] = []) {
    this.current = new DerivedKeys(masterKey);
    this.all = [this.current, ...previousMasterKeys.map((each) => new DerivedKeys(each))];
  }

  /** Uses the given secret, or the one kept in the folder, which is made on first use and readable by its owner only. */
  static open(masterKey: string | undefined, directory: string, previousMasterKeys: readonly string[] = []): KeyRing {
    return new KeyRing(masterKey ?? readOrCreate(directory), previousMasterKeys);
  }

  /** Names the secret that signs now. Derived from it, so that every process with the same secret says the same. */
  get currentId(): string {
    return this.current.id;
  }

  /** A 32-byte key of the current secret: the same for the same purpose, and telling nothing about other keys. */
  key(purpose: string): Buffer {
    return this.current.key(purpose);
  }

  /** The purpose's key of the secret with this id; undefined when it is none of the ring's. */
  keyOf(id: string | undefined, purpose: string): Buffer | undefined {
    return this.all.find((each) => each.id === id)?.key(purpose);
  }

  /** HMAC-SHA-256 of the text under the purpose's current key, base64url. */
  sign(purpose: string, text: string): string {
    return this.current.sign(purpose, text);
  }

  /** The same under every key, the current one first: what an earlier `sign` may have answered. */
  signatures(purpose: string, text: string): readonly string[] {
    return this.all.map((each) => each.sign(purpose, text));
  }

  /** Whether the signature was made with a key of the ring. Compares in constant time. */
  verify(purpose: string, text: string, signature: string): boolean {
    return this.signatures(purpose, text).some((expected) => equal(expected, signature));
  }
}

function equal(expected: string, given: string): boolean {
  const one = Buffer.from(expected);
  const other = Buffer.from(given);
  return one.length === other.length && timingSafeEqual(one, other);
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
