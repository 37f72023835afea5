import type { KeyRing } from '../../../platform/security/key-ring.js';
import { SecretBox } from '../../../platform/security/secret-box.js';
import { type SecretBinding, SecretSealer } from '../secret-sealer.js';

/** Seals with keys that are derived from the master key, and opens what earlier master keys have sealed. */
export class LocalSecretSealer extends SecretSealer {
  readonly description = 'master key';
  private readonly boxes: Readonly<Record<SecretBinding['kind'], SecretBox>>;

  constructor(private readonly keys: KeyRing) {
    super();
    this.boxes = { source: new SecretBox(keys, 'source-secrets'), tool: new SecretBox(keys, 'tool-secrets') };
  }

  async seal(secret: string, binding: SecretBinding): Promise<string> {
    return this.boxes[binding.kind].seal(secret, contextOf(binding));
  }

  async open(sealed: string, binding: SecretBinding): Promise<string | undefined> {
    return this.boxes[binding.kind].open(sealed, contextOf(binding));
  }

  recognises(sealed: string): boolean {
    return /^[\w-]{11}\.[\w-]+$/.test(sealed);
  }

  async isCurrent(sealed: string): Promise<boolean> {
    return sealed.startsWith(`${this.keys.currentId}.`);
  }

  async ping(): Promise<void> {}
}

function contextOf({ workspaceId, id }: SecretBinding): string {
  return `${workspaceId}#${id}`;
}
