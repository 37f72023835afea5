import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WsAdapter } from '@nestjs/platform-ws';
import type { WebSocketServer } from 'ws';

type UpgradingServer = Server & { shouldUpgradeCallback: (request: IncomingMessage) => boolean };

/**
 * Nest's adapter for gateways that read their frames themselves, made safe against strangers: theirs lets a request with
 * a strange address and a reset connection end the process, cuts off every client that offers another protocol than
 * WebSocket (as Java's and curl's do with HTTP/2), and logs each fault of a client as an error of the service.
 */
export class SocketAdapter extends WsAdapter {
  override bindMessageHandlers(): void {}

  override bindErrorHandler(server: WebSocketServer): WebSocketServer {
    return server;
  }

  protected override ensureHttpServerExists(port: number, httpServer?: Server): Server | undefined {
    if (httpServer === undefined) throw new Error('Gateways share the port of the service.');
    if (this.httpServersRegistry.has(port)) return undefined;
    this.httpServersRegistry.set(port, httpServer);
    // Offers of other protocols are ignored, as HTTP says, and the request is answered.
    (httpServer as UpgradingServer).shouldUpgradeCallback = ({ headers }) =>
      headers.upgrade?.toLowerCase() === 'websocket';
    httpServer.on('upgrade', (request, socket, head) => this.upgrade(port, request, socket, head));
    return httpServer;
  }

  private upgrade(port: number, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // The connection may break before anybody else listens to it.
    socket.on('error', () => socket.destroy());
    const path = request.url?.split('?', 1)[0];
    const server = (this.wsServersRegistry.get(port) as WebSocketServer[] | undefined)?.find(
      ({ path: own }) => (own as string | undefined) === path,
    );
    if (server) server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
  }
}
