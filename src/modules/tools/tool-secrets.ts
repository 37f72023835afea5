import { Injectable } from '@nestjs/common';
import type { StoredSecret } from '../../providers/secret-sealer/reseal.js';
import { type SecretBinding, SecretSealer } from '../../providers/secret-sealer/secret-sealer.js';
import { ToolSecretUnreadable } from './errors.js';
import { type HttpToolRow, HttpToolsRepository } from './http-tools.repository.js';

type ToolKey = Pick<HttpToolRow, 'workspace_id' | 'name'>;

/** Seals the secrets of tools, each for its own row, and opens them for the moment of a call. */
@Injectable()
export class ToolSecrets {
  constructor(
    private readonly sealer: SecretSealer,
    private readonly tools: HttpToolsRepository,
  ) {}

  seal(key: ToolKey, secret: string): Promise<string> {
    return this.sealer.seal(secret, bindingOf(key));
  }

  /** Undefined when the tool has none. Rejects with `ToolSecretUnreadable`. */
  async open({ sealed_secret, ...row }: HttpToolRow): Promise<string | undefined> {
    if (sealed_secret === null) return undefined;
    const secret = await this.sealer.open(sealed_secret, bindingOf(row));
    if (secret === undefined) throw new ToolSecretUnreadable(row.name);
    return secret;
  }

  /** All that are stored, of every workspace. */
  async *stored(): AsyncIterable<StoredSecret> {
    for await (const { sealed_secret: sealed, ...key } of this.tools.sealed()) {
      yield { binding: bindingOf(key), sealed, replace: (anew) => this.tools.reseal(key, sealed, anew) };
    }
  }
}

function bindingOf({ workspace_id: workspaceId, name: id }: ToolKey): SecretBinding {
  return { workspaceId, kind: 'tool', id };
}
