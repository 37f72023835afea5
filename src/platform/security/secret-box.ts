import { decrypt, encrypt } from './aes-gcm.js';
import type { KeyRing } from './key-ring.js';

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
    return `${this.keys.currentId}.${encrypt(this.keys.key(this.purpose), text, context)}`;
  }

  /** Undefined when the text was changed, sealed in another context, or under a secret that is known no more. */
  open(sealed: string, context: string): string | undefined {
    const [keyId, body = ''] = sealed.split('.');
    const key = this.keys.keyOf(keyId, this.purpose);
    return key && decrypt(key, body, context);
  }
}
