import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.js';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts what must be stored but not readable in the store. `context` says whose it is (a row's key): a sealed text
 * that was moved to another row does not open there. Each purpose has a key of its own.
 */
export class SecretBox {
  constructor(
    private readonly keys: KeyRing,
    private readonly purpose: string,
  ) {}

  seal(text: string, context: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.keys.key(this.purpose), nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${this.keys.currentId}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** Undefined when the text was changed, sealed in another context, or under a secret that is known no more. */
  open(sealed: string, context: string): string | undefined {
    const [keyId, body = ''] = sealed.split('.');
    const key = this.keys.keyOf(keyId, this.purpose);
    const bytes = Buffer.from(body, 'base64url');
    if (!key || bytes.length < nonceBytes + tagBytes) return undefined;
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    try {
      return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}
