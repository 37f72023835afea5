import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../platform/security/key-ring.js';
import { SecretBox } from '../../platform/security/secret-box.js';
import type { SourceSecret } from '../../providers/connectors/connector.js';
import type { SourceRow } from '../sources/sources.repository.js';
import { SourceSecretUnreadable } from './errors.js';

/** Seals the secrets of sources, each for its own row, and opens them for the moment in which they are used. */
@Injectable()
export class SourceSecrets {
  private readonly box: SecretBox;

  constructor(keys: KeyRing) {
    this.box = new SecretBox(keys, 'source-secrets');
  }

  seal({ workspace_id, source_id }: Pick<SourceRow, 'workspace_id' | 'source_id'>, secret: SourceSecret): string {
    return this.box.seal(JSON.stringify(secret), contextOf(workspace_id, source_id));
  }

  /** Throws `SourceSecretUnreadable`. */
  open({ workspace_id, source_id, sealed_secret, name }: SourceRow): SourceSecret {
    const text = this.box.open(sealed_secret, contextOf(workspace_id, source_id));
    if (text === undefined) throw new SourceSecretUnreadable(name);
    return JSON.parse(text) as SourceSecret;
  }
}

function contextOf(workspaceId: string, sourceId: string): string {
  return `${workspaceId}#${sourceId}`;
}
