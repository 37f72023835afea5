import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';

describe('requests that offer another protocol', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
  });
  afterAll(() => test.close());

  const port = () => Number(new URL(test.address).port);
  const upgrading = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;

  it('R53: survives an address that is none and a connection that breaks', async () => {
    let faults = 0;
    const count = () => (faults += 1);
    process.on('uncaughtExceptionMonitor', count);
    for (const path of ['//', '/other', '/ws']) {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const socket = connect(port(), '127.0.0.1');
        await once(socket, 'connect');
        socket.write(upgrading(path));
        await delay(attempt);
        socket.resetAndDestroy();
      }
    }
    await delay(100);
    process.off('uncaughtExceptionMonitor', count);
    expect(faults).toBe(0);
    await test.nobody.get('/workspaces').expect(401);
  });

  it.each(['//', '/other', '/wss'])('has no socket at %s', async (path) => {
    const socket = connect(port(), '127.0.0.1');
    socket.write(upgrading(path));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 404 /);
    await once(socket, 'close');
  });

  it('answers a client that would rather speak HTTP/2', async () => {
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' };
    const [answer] = (await once(get(`${test.address}/health/live`, { headers }), 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
  });
});
