import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { isUnreadable } from './kms-errors.js';

/** What KMS binds a data key to. It is not secret: CloudTrail shows it with every use. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** A data key as it is stored: encrypted by a key that never leaves KMS. */
export interface EncryptedDataKey {
  /** ARN of the key that has encrypted it. */
  readonly keyArn: string;
  readonly encrypted: Buffer;
}

export interface DataKeysOptions {
  /** Id, alias or ARN of the key in KMS. */
  readonly keyId: string;
  /** How long an opened data key is kept in memory. */
  readonly keptMs: number;
  /** How many are. */
  readonly maximum: number;
  /** For a whole call, tries included. */
  readonly patienceMs: number;
}

interface Kept {
  readonly key: Promise<KeyObject | undefined>;
  readonly timer: NodeJS.Timeout;
}

/**
 * Data keys of KMS: a new one for every value that is sealed. One that was opened is kept for a while, or each webhook,
 * a forged one too, would be a call to KMS; what KMS has refused is not.
 */
export class DataKeys {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly client: KMSClient,
    private readonly options: DataKeysOptions,
  ) {}

  async make(context: EncryptionContext): Promise<EncryptedDataKey & { readonly key: KeyObject }> {
    const answer = await this.client.send(
      new GenerateDataKeyCommand({ KeyId: this.options.keyId, KeySpec: 'AES_256', EncryptionContext: { ...context } }),
      { abortSignal: AbortSignal.timeout(this.options.patienceMs) },
    );
    const key = takeOver(answer.Plaintext!);
    return { keyArn: answer.KeyId!, encrypted: Buffer.from(answer.CiphertextBlob!), key };
  }

  /** Undefined when it was changed, or made in another context or by another key. */
  open(dataKey: EncryptedDataKey, context: EncryptionContext): Promise<KeyObject | undefined> {
    const name = nameOf(dataKey, context);
    const kept = this.kept.get(name);
    if (kept) return kept.key;
    const key = this.openAnew(name, dataKey, context);
    this.keep(name, key);
    return key;
  }

  /** Asks KMS, whatever is kept. */
  async decrypt({ keyArn, encrypted }: EncryptedDataKey, context: EncryptionContext): Promise<KeyObject | undefined> {
    try {
      const { Plaintext } = await this.client.send(
        new DecryptCommand({ KeyId: keyArn, CiphertextBlob: encrypted, EncryptionContext: { ...context } }),
        { abortSignal: AbortSignal.timeout(this.options.patienceMs) },
      );
      return takeOver(Plaintext!);
    } catch (error) {
      if (isUnreadable(error)) return undefined;
      throw error;
    }
  }

  private async openAnew(
    name: string,
    dataKey: EncryptedDataKey,
    context: EncryptionContext,
  ): Promise<KeyObject | undefined> {
    let key: KeyObject | undefined;
    try {
      key = await this.decrypt(dataKey, context);
      return key;
    } finally {
      if (!key) this.drop(name);
    }
  }

  private keep(name: string, key: Kept['key']): void {
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && this.kept.size >= this.options.maximum) this.drop(oldest);
    const timer = setTimeout(() => this.drop(name), this.options.keptMs).unref();
    this.kept.set(name, { key, timer });
  }

  private drop(name: string): void {
    clearTimeout(this.kept.get(name)?.timer);
    this.kept.delete(name);
  }
}

/** The key, in memory that no inspection prints; the bytes that it came in are overwritten. */
function takeOver(plaintext: Uint8Array): KeyObject {
  const key = createSecretKey(plaintext);
  plaintext.fill(0);
  return key;
}

function nameOf({ keyArn, encrypted }: EncryptedDataKey, context: EncryptionContext): string {
  return createHash('sha256')
    .update(JSON.stringify([keyArn, encrypted.toString('base64'), context]))
    .digest('base64');
}
