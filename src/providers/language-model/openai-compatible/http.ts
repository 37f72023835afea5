import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

const connectMs = 10_000;

/**
 * Sends JSON and resolves with the response's head. Node's own client rather than `fetch`: that gives up after 300
 * seconds of silence, and a model on a laptop's CPU may think longer before its first word. Redirects are not followed.
 */
export function postJson(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const bytes = Buffer.from(JSON.stringify(body));
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': bytes.length },
      signal,
    });
    const connecting = setTimeout(() => call.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })), connectMs);
    const connected = () => clearTimeout(connecting);
    call.on('socket', (socket) => (socket.connecting ? socket.once('connect', connected) : connected()));
    call.on('response', resolve);
    call.on('error', reject);
    call.on('close', connected);
    call.end(bytes);
  });
}

/** The body up to so many bytes; rejects when there are more. */
export async function* bounded(response: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`The response is larger than ${maxBytes} bytes`);
    yield chunk;
  }
}
