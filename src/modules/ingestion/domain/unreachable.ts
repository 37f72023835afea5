import type { SourceKind } from '../../../providers/connectors/connector.js';
import { ConnectorUnreachable, PlatformStumbled } from '../../../providers/connectors/errors.js';

/** What an error of a platform means to whoever connected it, once it is tried no more. */
export function unreachable(kind: SourceKind, error: unknown): ConnectorUnreachable {
  if (error instanceof PlatformStumbled) return new ConnectorUnreachable(error.message, { cause: error });
  const detail = `What is at the address does not answer as ${kind} does.`;
  return new ConnectorUnreachable(detail, { cause: error });
}
