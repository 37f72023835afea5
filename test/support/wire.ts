import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A request as it goes over the network: neither path nor headers are tidied up on the way. */
export interface Call {
  readonly method: string;
  /** Path and query, percent-encoded, from `/` on. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON, anything else as it is. */
  readonly body?: object | string | Buffer | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came, byte by byte as Latin-1 would be; `text` is for reading. */
  readonly bytes: Buffer;
  readonly text: string;
}

/** Sends requests over connections that are kept open, which makes thousands of them cheap. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(readonly address: string) {}

  async send({ method, path, headers = {}, body }: Call): Promise<Answer> {
    const isRaw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const content = isRaw ? body : JSON.stringify(body);
    const own = isRaw ? {} : { 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const sent = request(this.address, { agent: this.agent, method, path, headers: { ...own, ...headers } });
      if (content !== undefined) sent.setHeader('content-length', Buffer.byteLength(content));
      sent.on('error', reject);
      sent.on('response', (response) => {
        buffer(response).then(
          (bytes) =>
            resolve({ status: response.statusCode!, headers: response.headers, bytes, text: bytes.toString('utf8') }),
          reject,
        );
      });
      sent.end(content);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
