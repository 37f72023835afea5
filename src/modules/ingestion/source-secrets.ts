import { Injectable } from '@nestjs/common';
import type { SourceSecret } from '../../providers/connectors/connector.js';
import type { StoredSecret } from '../../providers/secret-sealer/reseal.js';
import { type SecretBinding, SecretSealer } from '../../providers/secret-sealer/secret-sealer.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { SourceSecretUnreadable } from './errors.js';

type SourceKey = Pick<SourceRow, 'workspace_id' | 'source_id'>;

/** Seals the secrets of sources, each for its own row, and opens them for the moment in which they are used. */
@Injectable()
export class SourceSecrets {
  constructor(
    private readonly sealer: SecretSealer,
    private readonly sources: SourcesRepository,
  ) {}

  seal(key: SourceKey, secret: SourceSecret): Promise<string> {
    return this.sealer.seal(JSON.stringify(secret), bindingOf(key));
  }

  /** Rejects with `SourceSecretUnreadable`. */
  async open({ sealed_secret, ...row }: SourceRow): Promise<SourceSecret> {
    const text = await this.sealer.open(sealed_secret, bindingOf(row));
    if (text === undefined) throw new SourceSecretUnreadable();
    return JSON.parse(text) as SourceSecret;
  }

  /** All that are stored, of every workspace, those of deleted sources too. */
  async *stored(): AsyncIterable<StoredSecret> {
    for await (const { sealed_secret: sealed, ...key } of this.sources.sealed()) {
      yield { binding: bindingOf(key), sealed, replace: (anew) => this.sources.reseal(key, sealed, anew) };
    }
  }
}

function bindingOf({ workspace_id: workspaceId, source_id: id }: SourceKey): SecretBinding {
  return { workspaceId, kind: 'source', id };
}
