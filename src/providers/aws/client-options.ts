import { NodeHttpHandler } from '@smithy/node-http-handler';

const connectMs = 3000;

export interface ClientLimits {
  /** Connections at a time. */
  readonly maxSockets: number;
  /** A connection on which nothing moves for so long is given up. */
  readonly idleMs: number;
  /** Of one request, by the SDK: lost connections, throttling, faults of the service. */
  readonly maxAttempts: number;
}

/** What the SDK's clients have in common here: bounded connections and times, and the SDK's own retries. */
export function clientOptions({ maxSockets, idleMs, maxAttempts }: ClientLimits) {
  const agent = { keepAlive: true, maxSockets };
  return {
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectMs,
      socketTimeout: idleMs,
      httpAgent: agent,
      httpsAgent: agent,
    }),
    retryMode: 'standard' as const,
    maxAttempts,
  };
}
