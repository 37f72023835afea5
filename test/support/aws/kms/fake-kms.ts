import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { AwsFailure, FakeJsonService, testRegion } from '../fake-service.js';

/** A symmetric key as KMS has it. */
export interface FakeKey {
  readonly arn: string;
  readonly material: Buffer;
  state: 'Enabled' | 'Disabled' | 'PendingDeletion';
  /** Whether the policy lets the caller use it. */
  permitted: boolean;
}

interface DataKeyRequest {
  readonly KeyId?: string;
  readonly KeySpec?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}

/** Names of the encryption context that the policy of the service's role asks for. */
const requiredContext = ['tabletalk:id', 'tabletalk:kind', 'tabletalk:workspace'];
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AWS KMS: data keys, encrypted for an encryption context. A ciphertext is the id of its key and AES-256-GCM with the context
 * as additional data, so that another context, or a changed byte, is refused as KMS does.
 */
export class FakeKms extends FakeJsonService {
  readonly keys = new Map<string, FakeKey>();
  readonly aliases = new Map<string, FakeKey>();
  /** Whether it takes no more requests just now. */
  throttles = false;
  /** What was asked, with the context that CloudTrail would show. */
  readonly uses: { readonly operation: string; readonly context: Readonly<Record<string, string>> }[] = [];
  /** The data keys that were given out, base64. */
  readonly dataKeys: string[] = [];

  constructor() {
    super('kms', '1.1');
  }

  /** With one key, `alias/tabletalk`. */
  static async start(): Promise<FakeKms> {
    const fake = new FakeKms();
    fake.createKey('alias/tabletalk');
    return fake.listen();
  }

  /** The alias then means the new key. */
  createKey(alias: string): FakeKey {
    const id = randomUUID();
    const arn = `arn:aws:kms:${testRegion}:123456789012:key/${id}`;
    const key: FakeKey = { arn, material: randomBytes(32), state: 'Enabled', permitted: true };
    this.keys.set(arn, key);
    this.keys.set(id, key);
    this.aliases.set(alias, key);
    return key;
  }

  protected override async invoke(operation: string, input: Record<string, unknown>): Promise<object> {
    if (this.throttles) throw failure('ThrottlingException', 'Rate exceeded');
    const request = input as DataKeyRequest;
    this.uses.push({ operation, context: request.EncryptionContext ?? {} });
    if (operation === 'GenerateDataKey') return this.generateDataKey(request);
    if (operation === 'Decrypt') return this.decrypt(request);
    throw failure('UnknownOperationException');
  }

  private generateDataKey({ KeyId, KeySpec, EncryptionContext: context = {} }: DataKeyRequest): object {
    const key = this.usable(KeyId, context);
    if (KeySpec !== 'AES_256') throw failure('ValidationException');
    const plaintext = randomBytes(32);
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key.material, nonce).setAAD(canonical(context));
    const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const blob = Buffer.concat([idOf(key), nonce, cipher.getAuthTag(), encrypted]);
    this.dataKeys.push(plaintext.toString('base64'));
    return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), CiphertextBlob: blob.toString('base64') };
  }

  private decrypt({ KeyId, CiphertextBlob = '', EncryptionContext: context = {} }: DataKeyRequest): object {
    const blob = Buffer.from(CiphertextBlob, 'base64');
    const owner = this.keys.get(blob.subarray(0, 36).toString());
    if (!owner) throw failure('InvalidCiphertextException');
    if (this.usable(KeyId ?? owner.arn, context) !== owner) throw failure('IncorrectKeyException');
    const [nonce, tag] = [
      blob.subarray(36, 36 + nonceBytes),
      blob.subarray(36 + nonceBytes, 36 + nonceBytes + tagBytes),
    ];
    try {
      const decipher = createDecipheriv('aes-256-gcm', owner.material, nonce, { authTagLength: tagBytes })
        .setAAD(canonical(context))
        .setAuthTag(tag);
      const plaintext = Buffer.concat([decipher.update(blob.subarray(36 + nonceBytes + tagBytes)), decipher.final()]);
      return { KeyId: owner.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    } catch {
      throw failure('InvalidCiphertextException');
    }
  }

  private usable(keyId = '', context: Readonly<Record<string, string>>): FakeKey {
    if (keyId.startsWith('arn:') && !/^arn:aws:kms:[a-z0-9-]+:\d{12}:(key|alias)\/.+$/.test(keyId))
      throw failure('ValidationException');
    const key = this.aliases.get(keyId) ?? this.keys.get(keyId);
    if (!key) throw failure('NotFoundException', `Key '${keyId}' does not exist`);
    if (!key.permitted || Object.keys(context).toSorted().join() !== requiredContext.join())
      throw failure('AccessDeniedException', 'User is not authorized to perform this on this resource');
    if (key.state === 'Disabled') throw failure('DisabledException', `${key.arn} is disabled.`);
    if (key.state === 'PendingDeletion') throw failure('KMSInvalidStateException', `${key.arn} is pending deletion.`);
    return key;
  }
}

function failure(name: string, message?: string): AwsFailure {
  return new AwsFailure({ name, status: 400, ...(message !== undefined && { message }) });
}

function idOf({ arn }: FakeKey): Buffer {
  return Buffer.from(arn.slice(-36));
}

/** The order of its members does not matter. */
function canonical(context: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
