import { Injectable } from '@nestjs/common';
import { Problem } from '../../platform/errors/problem.js';
import { Clock } from '../../providers/clock/clock.js';
import type { SourceConfig, SourceKind, SourceSecret } from '../../providers/connectors/connector.js';
import { Connectors } from '../../providers/connectors/connectors.js';
import { ConnectorUnreachable } from '../../providers/connectors/errors.js';
import { unreachable } from './domain/unreachable.js';
import { SourceConfigs } from './source-configs.js';
import { ConnectionTest } from './source.dto.js';

const testMs = 20_000;

/** Asks platforms whether a connection works, and as whom. */
@Injectable()
export class ConnectionTests {
  constructor(
    private readonly connectors: Connectors,
    private readonly configs: SourceConfigs,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidRequest` for a wrong configuration, else the `Problem` that says what to mend. */
  async test(kind: SourceKind, given: SourceConfig, secret: SourceSecret): Promise<ConnectionTest> {
    const config = await this.configs.complete(kind, given);
    const connector = await this.connectors.of(kind);
    const started = this.clock.elapsed();
    const signal = AbortSignal.timeout(testMs);
    const session = connector.open({ config, secret, signal, onWait: () => undefined, patienceSeconds: 0 });
    try {
      const { account, containers, warnings } = await session.test();
      return {
        account,
        containers: containers.map((container) => ({ ...container })),
        warnings: [...warnings],
        duration_ms: Math.round(this.clock.elapsed() - started),
      };
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (signal.aborted) throw new ConnectorUnreachable(`There was no answer within ${testMs / 1000} seconds.`);
      throw unreachable(kind, error);
    }
  }
}
