import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that operating systems take for connections that go out, which would else be in a server's way when it comes back. */
const ports = { first: 12_000, count: 18_000 };

/** A port of 127.0.0.1 at which nobody listens, for a server that goes away and comes back. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = ports.first + Math.floor(Math.random() * ports.count);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
