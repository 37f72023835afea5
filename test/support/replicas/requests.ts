import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../app.js';

/** An answer, with a body of JSON. */
export interface Answer {
  /** 0 when the connection broke before all of the answer was here. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | Buffer;
}

/** How a client takes failures: none is to be seen while replicas take turns; when one is killed, requests are repeated. */
export type Patience = 'fails at once' | 'tries again';

const outages = new Set([0, 502, 503, 504]);
const patienceMs = 90_000;

/** Thrown by what could not go on; the failure itself stands among `failures`. */
export class RequestFailed extends Error {}

/** What all clients of a load share: one pool of connections that are kept alive, and the failures that they met. */
export class Requests {
  readonly failures: string[] = [];
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    readonly client: Client,
    readonly patience: Patience,
  ) {}

  get address(): string {
    return this.client.address;
  }

  get token(): string {
    return this.client.token!;
  }

  /** Rejects with `RequestFailed`, unless the answer is a good one, or the request was carried out and its answer lost. */
  async send(method: string, path: string, sending: Sending = {}): Promise<Answer> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const answer = await this.once(method, path, sending);
      if (isGood(answer) || (this.patience === 'tries again' && isLost(answer))) return answer;
      const mayTryAgain = this.patience === 'tries again' && performance.now() < deadline && isOutage(answer);
      if (!mayTryAgain) throw this.fail(`${method} ${path}: ${told(answer)}`);
      await delay(100);
    }
  }

  /** Sends a request once, whatever becomes of it. */
  once(method: string, path: string, { headers, body }: Sending = {}): Promise<Answer> {
    const isBytes = Buffer.isBuffer(body);
    const content = isBytes ? body : body && Buffer.from(JSON.stringify(body));
    return new Promise((resolve) => {
      const sent = request(`${this.address}/api/v1${path}`, {
        method,
        agent: this.agent,
        headers: {
          authorization: `Bearer ${this.token}`,
          ...(content && { 'content-length': content.length }),
          ...(content && !isBytes && { 'content-type': 'application/json' }),
          ...headers,
        },
      });
      const broken = (error: unknown) => resolve({ status: 0, headers: {}, body: { detail: String(error) } });
      sent.on('error', broken);
      sent.on('response', (response) => {
        const { statusCode: status = 0, headers: received } = response;
        text(response).then((said) => resolve({ status, headers: received, body: parsed(said) }), broken);
      });
      sent.end(content);
    });
  }

  /** Writes a failure down. */
  fail(failure: string): RequestFailed {
    this.failures.push(failure);
    return new RequestFailed(failure);
  }

  close(): void {
    this.agent.destroy();
  }
}

function isGood({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** Whether the process ended after it had carried out the request, and before it answered. */
export function isLost({ body }: Answer): boolean {
  return body.type === '/problems/answer-lost';
}

/** Failures that the end of a process explains. */
export function isOutage({ status, body }: Answer): boolean {
  return outages.has(status) || body.type === '/problems/request-in-progress';
}

export function told({ status, body }: Answer): string {
  return `${status} ${JSON.stringify(body).slice(0, 500)}`;
}

function parsed(said: string): Record<string, unknown> {
  try {
    return JSON.parse(said) as Record<string, unknown>;
  } catch {
    return { said };
  }
}
