import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import type { ConfigFault, SourceConfig, SourceKind } from '../../providers/connectors/connector.js';
import { Connectors } from '../../providers/connectors/connectors.js';

/** Checks what sources are told to read. */
@Injectable()
export class SourceConfigs {
  constructor(private readonly connectors: Connectors) {}

  /** With its defaults filled in. Throws `InvalidRequest`. */
  async complete(kind: SourceKind, config: SourceConfig): Promise<SourceConfig> {
    const connector = await this.connectors.of(kind);
    const result = connector.configure(config);
    if (!isFaults(result)) return result;
    throw new InvalidRequest(result.map(({ pointer, detail }) => ({ pointer: `/config${pointer}`, detail })));
  }

  /** Whoever may change a source must not be able to have its token sent to themselves. */
  async refuseOtherOrigin(kind: SourceKind, before: SourceConfig, after: SourceConfig): Promise<void> {
    const connector = await this.connectors.of(kind);
    if (connector.originOf(before) === connector.originOf(after)) return;
    const detail = 'must be given again, since the source has another address now';
    throw new InvalidRequest([{ pointer: '/secret/token', detail }]);
  }
}

function isFaults(result: SourceConfig | readonly ConfigFault[]): result is readonly ConfigFault[] {
  return Array.isArray(result);
}
