import type { KMSClient } from '@aws-sdk/client-kms';
import { decrypt, encrypt } from '../../../platform/security/aes-gcm.js';
import { SecretsUnavailable } from '../errors.js';
import { type SecretBinding, SecretSealer } from '../secret-sealer.js';
import { DataKeys, type DataKeysOptions, type EncryptedDataKey, type EncryptionContext } from './data-keys.js';

/** Of the form of what is stored, so that another form can follow. */
const mark = 'kms1';

const defaults = { keptMs: 5 * 60_000, maximum: 1000, patienceMs: 5000 };

/**
 * Envelope encryption: each secret is encrypted here (AES-256-GCM) with a data key of its own, which AWS KMS has made and
 * encrypted for the secret's binding. What is stored is `kms1.<ARN of the key>.<encrypted data key>.<secret>`, each part
 * base64url. KMS sees no secret, and the store no key. Which keys may open secrets is what the service's role may use.
 */
export class KmsSecretSealer extends SecretSealer {
  readonly description = 'AWS KMS';
  private readonly dataKeys: DataKeys;

  constructor(client: KMSClient, options: Pick<DataKeysOptions, 'keyId'> & Partial<DataKeysOptions>) {
    super();
    this.dataKeys = new DataKeys(client, { ...defaults, ...options });
  }

  async seal(secret: string, binding: SecretBinding): Promise<string> {
    const { keyArn, encrypted, key } = await this.dataKeys.make(contextOf(binding));
    const parts = [Buffer.from(keyArn).toString('base64url'), encrypted.toString('base64url')];
    return [mark, ...parts, encrypt(key, secret, boundTo(keyArn, binding))].join('.');
  }

  async open(sealed: string, binding: SecretBinding): Promise<string | undefined> {
    const stored = parse(sealed);
    const key = stored && (await this.dataKeys.open(stored, contextOf(binding)));
    return key && decrypt(key, stored.body, boundTo(stored.keyArn, binding));
  }

  recognises(sealed: string): boolean {
    return sealed.startsWith(`${mark}.`);
  }

  async isCurrent(sealed: string): Promise<boolean> {
    const { keyArn } = await this.dataKeys.make(contextOfTrials);
    return parse(sealed)?.keyArn === keyArn;
  }

  async ping(): Promise<void> {
    const dataKey = await this.dataKeys.make(contextOfTrials);
    if (!(await this.dataKeys.decrypt(dataKey, contextOfTrials))) throw new SecretsUnavailable();
  }
}

const contextOfTrials: EncryptionContext = {
  'tabletalk:workspace': 'none',
  'tabletalk:kind': 'trial',
  'tabletalk:id': 'none',
};

/** The names are part of the permissions that the service's role has. */
function contextOf({ workspaceId, kind, id }: SecretBinding): EncryptionContext {
  return { 'tabletalk:workspace': workspaceId, 'tabletalk:kind': kind, 'tabletalk:id': id };
}

/** Besides KMS, the ciphertext itself knows whose it is, so that a data key in memory opens nothing else. */
function boundTo(keyArn: string, { workspaceId, kind, id }: SecretBinding): string {
  return JSON.stringify([keyArn, workspaceId, kind, id]);
}

function parse(sealed: string): (EncryptedDataKey & { readonly body: string }) | undefined {
  const match = /^kms1\.([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(sealed);
  if (!match) return undefined;
  const [, keyArn, encrypted, body] = match;
  return {
    keyArn: Buffer.from(keyArn!, 'base64url').toString(),
    encrypted: Buffer.from(encrypted!, 'base64url'),
    body: body!,
  };
}
