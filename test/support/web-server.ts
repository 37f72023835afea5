import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answering = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** Somebody else's web server, on this machine. */
export class WebServer {
  /** How many connections it was asked for. */
  connections = 0;
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[] = [];

  private constructor(private readonly server: Server) {}

  static async start(answer: Answering): Promise<WebServer> {
    const started = new WebServer(createServer());
    const { server } = started;
    server.on('connection', () => (started.connections += 1));
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        started.requests.push({ method: request.method!, path: request.url!, headers: request.headers, body });
        answer(request, response, body);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** Answers with JSON. */
export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
