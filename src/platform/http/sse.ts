import type { FastifyReply, FastifyRequest } from 'fastify';

export interface ServerSentEvent {
  /** Sent as `id:`, so that a client that reconnects says where it was. */
  readonly id: number;
  readonly event: string;
  readonly data: unknown;
}

const heartbeatMs = 15_000;

/**
 * Answers with Server-Sent Events until the source ends or the client leaves. The source gets the id after which to
 * begin (`Last-Event-ID`, or `?after=`) and a signal that is aborted when nobody listens any more or the service stops.
 */
export async function sendEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  source: (after: number, signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
): Promise<void> {
  const leaving = new AbortController();
  reply.raw.once('close', () => leaving.abort());
  request.server.lifecycle.signal.addEventListener('abort', () => leaving.abort(), { signal: leaving.signal });
  const after = Number(request.headers['last-event-id'] ?? (request.query as { after?: string }).after ?? 0) || 0;
  const events = source(after, leaving.signal)[Symbol.asyncIterator]();
  const first = await events.next();

  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  const heartbeat = setInterval(() => reply.raw.write(': still here\n\n'), heartbeatMs);
  try {
    for (let next = first; !next.done && !leaving.signal.aborted; next = await events.next()) {
      const { id, event, data } = next.value;
      const flowing = reply.raw.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (!flowing) await drained(reply, leaving.signal);
    }
  } finally {
    clearInterval(heartbeat);
    leaving.abort();
    await events.return?.();
    reply.raw.end();
  }
}

function drained(reply: FastifyReply, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    reply.raw.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
