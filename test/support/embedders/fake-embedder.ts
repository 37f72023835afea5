import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { hashedFeatures } from '../../../src/providers/embedder/builtin/hashed-features.js';

/** How a request goes wrong. */
export type EmbedderFault =
  | { readonly refusal: 'throttled'; readonly retryAfterSeconds?: number }
  | { readonly refusal: 'unavailable' | 'denied' | 'invalid' | 'unknown model'; readonly message?: string }
  | { readonly wire: 'reset' | 'silence' | 'cut' | 'garbage' | 'fewer' | 'shorter' | 'zeros' };

export interface ReceivedBatch {
  readonly texts: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
}

/** An HTTP server that embeds texts, and does wrong where it is told to. Its vectors are long, as no model's need be short. */
export abstract class FakeEmbedder {
  readonly batches: ReceivedBatch[] = [];
  /** Requests that are being answered. */
  openCount = 0;
  mostAtOnce = 0;
  private faults: EmbedderFault[] = [];
  private readonly server: Server;

  /** The texts of a request; undefined when it is not as it must be. */
  protected abstract textsOf(
    path: string,
    body: ReceivedBatch['body'],
    headers: IncomingMessage['headers'],
  ): readonly string[] | undefined;
  protected abstract answerOf(vectors: readonly (readonly number[])[], path: string): object;
  protected abstract refuse(response: ServerResponse, fault: Extract<EmbedderFault, { refusal: string }>): void;

  constructor(private readonly dimensions: number) {
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next requests go wrong like this, the ones after them well. */
  failNext(...faults: readonly EmbedderFault[]): void {
    this.faults = [...faults];
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(request)) as ReceivedBatch['body'];
    const path = decodeURIComponent(request.url!);
    const texts = this.textsOf(path, body, request.headers);
    if (texts === undefined) return this.refuse(response, { refusal: 'invalid', message: 'Not a request' });
    this.batches.push({ texts, body, headers: request.headers });
    this.openCount += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.openCount);
    response.on('close', () => (this.openCount -= 1));
    await delay(2);
    const fault = this.faults.shift();
    if (fault && 'refusal' in fault) return this.refuse(response, fault);
    const answer = JSON.stringify(this.answerOf(this.vectorsOf(texts, fault?.wire), path));
    if (fault?.wire === 'silence') return;
    if (fault?.wire === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
    if (fault?.wire === 'cut') {
      response.write(answer.slice(0, 20), () => response.socket?.destroy());
    } else response.end(fault?.wire === 'garbage' ? 'x'.repeat(Buffer.byteLength(answer)) : answer);
  }

  private vectorsOf(texts: readonly string[], fault: string | undefined): number[][] {
    const dimensions = fault === 'shorter' ? this.dimensions / 2 : this.dimensions;
    const vectors = texts.map((each) =>
      [...hashedFeatures(each, dimensions)].map((value) => (fault === 'zeros' ? 0 : 7 * value)),
    );
    return fault === 'fewer' ? vectors.slice(1) : vectors;
  }
}
