import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PlatformRequest {
  readonly method: string;
  readonly path: string;
  /** Parameters of the address and of a form in the body. */
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

export interface PlatformAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is a text or bytes. */
  readonly body: unknown;
}

export interface Fault extends Partial<PlatformAnswer> {
  /** Which requests it meets, by `METHOD /path`; absent: any. */
  readonly matching?: RegExp;
  /** How many requests it meets. */
  readonly times?: number;
  /** Cuts the connection in place of an answer. */
  readonly cut?: boolean;
  /** Waits this long before it answers as usual. */
  readonly delayMs?: number;
}

/** A platform on this machine that speaks its own HTTP, with what happened to it and faults on demand. */
export abstract class FakePlatform {
  /** `METHOD /path?query` of everything that was asked, in order. */
  readonly requests: string[] = [];
  address = '';
  /** Awaited before each answer, with the request as `METHOD /path`, and whether nobody waits for the answer any more. */
  beforeAnswer: ((request: string, isGone: () => boolean) => Promise<void>) | undefined;
  private readonly faults: { fault: Fault; left: number }[] = [];
  private server: Server | undefined;

  /** On a free port. */
  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => void this.answer(request, response, Buffer.concat(chunks).toString('utf8')));
    });
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
    if (this.server?.listening) await once(this.server, 'close');
  }

  /** The next requests that match are met by the fault. Faults of the same requests come one after another. */
  failNext(fault: Fault): void {
    this.faults.push({ fault, left: fault.times ?? 1 });
  }

  /** No fault meets anybody any more. */
  heal(): void {
    this.faults.length = 0;
  }

  /** How many requests matched, and from now on they are counted anew. */
  countRequests(matching = /^/): number {
    const count = this.requests.filter((request) => matching.test(request)).length;
    this.requests.length = 0;
    return count;
  }

  protected abstract respond(request: PlatformRequest): PlatformAnswer;

  private async answer(request: IncomingMessage, response: ServerResponse, form: string): Promise<void> {
    const url = new URL(request.url!, 'http://platform');
    const query = new URLSearchParams(url.searchParams);
    for (const [name, value] of new URLSearchParams(form)) query.set(name, value);
    const asked = { method: request.method!, path: url.pathname, query, headers: request.headers };
    this.requests.push(`${asked.method} ${asked.path}?${query.toString()}`);
    const fault = this.faultFor(`${asked.method} ${asked.path}`);
    if (fault?.cut) {
      response.destroy();
      return;
    }
    const { status = 200, headers = {}, body } = fault?.status === undefined ? this.respond(asked) : fault;
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    const content = isRaw ? body : JSON.stringify(body ?? null);
    const type = isRaw ? 'text/plain; charset=utf-8' : 'application/json';
    const send = () => response.writeHead(status, { 'content-type': type, ...headers }).end(content);
    await this.beforeAnswer?.(`${asked.method} ${asked.path}`, () => response.destroyed);
    if (fault?.delayMs === undefined) send();
    else setTimeout(send, fault.delayMs).unref();
  }

  private faultFor(request: string): Fault | undefined {
    const found = this.faults.find(({ fault, left }) => left > 0 && (fault.matching ?? /^/).test(request));
    if (found) found.left -= 1;
    return found?.fault;
  }
}

/** `items` from an opaque cursor on, as platforms page. */
export function slice<Item>(items: readonly Item[], begin: number, count: number): { items: Item[]; next?: number } {
  const end = begin + count;
  return { items: items.slice(begin, end), ...(end < items.length && { next: end }) };
}
