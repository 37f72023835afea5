import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Client } from './app.js';

/** A POST whose body the test writes piece by piece, as slowly or as endlessly as it likes. */
export class SlowPost {
  readonly request: ClientRequest;
  /** The answer; undefined when the connection ended without one. */
  readonly answer: Promise<
    { status: number; headers: IncomingMessage['headers']; body: Record<string, unknown> } | undefined
  >;

  constructor(client: Client, path: string, headers: Readonly<Record<string, string>>, method = 'POST') {
    const authorization = client.token === undefined ? {} : { authorization: `Bearer ${client.token}` };
    this.request = request(`${client.address}/api/v1${path}`, { method, headers: { ...authorization, ...headers } });
    this.answer = new Promise((resolve) => {
      this.request.on('error', () => resolve(undefined));
      this.request.on('response', (response) => {
        text(response).then(
          (body) =>
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
            }),
          () => resolve(undefined),
        );
      });
    });
  }

  /** Resolves when the piece has been handed to the network. */
  async write(piece: Uint8Array | string): Promise<void> {
    if (this.request.destroyed || this.request.write(piece)) return;
    await Promise.race([once(this.request, 'drain'), this.answer]);
  }

  /** Writes the piece again and again until the service answers or hangs up. Returns how many bytes it took. */
  async writeUntilAnswered(piece: Uint8Array): Promise<number> {
    const ended = new AbortController();
    void this.answer.then(() => ended.abort());
    let bytes = 0;
    for (; !ended.signal.aborted; bytes += piece.length) {
      await this.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return bytes;
  }

  end(piece?: Uint8Array | string): void {
    this.request.end(piece);
  }

  /** Goes away in the middle. */
  abort(): void {
    this.request.destroy();
  }
}
