import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { SocketGateway } from '../../src/modules/chat/socket/socket.gateway.js';
import { startApp, type TestApp } from '../support/app.js';
import { ChatClient } from '../support/chat-client.js';
import { addWorkspace } from '../support/other-workspace.js';
import { answerWith } from '../support/scripted-executor.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

const mebibyte = 1_048_576;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that the process holds on to. What a collection finds outside the heap is freed a moment later. */
async function heldBytes(): Promise<number> {
  for (let each = 0; each < 2; each += 1) {
    collectGarbage();
    await delay(100);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Comes to hold less than so many bytes more than before, long before anybody is given up for being slow. */
async function expectHeld(before: number, bytes: number): Promise<void> {
  await until(async () => (await heldBytes()) - before < bytes, soonMs);
}

/** A frame as a client sends it: masked with zeros. */
function rawFrame(opcode: number, payload: Buffer, { final = true, length = payload.length } = {}): Buffer {
  const first = (final ? 0x80 : 0) | opcode;
  if (length < 126) return Buffer.concat([Buffer.from([first, 0x80 | length, 0, 0, 0, 0]), payload]);
  const header = Buffer.alloc(14);
  header.writeUInt8(first, 0);
  header.writeUInt8(0xff, 1);
  header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}

const [continuation, text, ping] = [0, 1, 9];

describe('the socket under attack', () => {
  let test: TestApp;
  const raw: Socket[] = [];

  beforeAll(async () => {
    test = await startApp({ settings: { SOCKETS_OPENED_PER_MINUTE: '600', SOCKETS_PER_USER: '500' } });
  });
  beforeEach(() =>
    answerWith(test, async (question, { emit }) => {
      await emit({ type: 'text.delta', text: question });
      return question;
    }),
  );
  afterEach(() => {
    ChatClient.closeAll();
    closeRaw();
  });
  afterAll(() => test.close());

  const closeRaw = () => {
    for (const socket of raw.splice(0)) socket.destroy();
  };
  /** A connection that has asked to become a socket. */
  const knock = (query: string, headers = '') => {
    const socket = connect(Number(new URL(test.address).port), '127.0.0.1');
    socket.on('error', () => undefined);
    const key = Buffer.alloc(16).toString('base64');
    socket.write(
      `GET /ws${query} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n${headers}\r\n`,
    );
    return socket;
  };
  /** Opens a socket of bytes: whoever holds it may break every rule. */
  const openRaw = async (headers = '') => {
    const socket = knock(`?token=${test.owner.token}`, headers);
    raw.push(socket);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return { socket, answer: answer.toString('latin1') };
  };
  /** The code of the close frame that ends what the service says. */
  const closeCodeOf = (socket: Socket) =>
    new Promise<number | undefined>((resolve) => {
      let last = Buffer.alloc(0);
      socket.on('data', (data) => (last = Buffer.concat([last, data]).subarray(-4096)));
      socket.once('close', () => {
        const at = last.lastIndexOf(0x88);
        resolve(at === -1 ? undefined : last.readUInt16BE(at + 2));
      });
    });

  /** Asks again and again while the attack goes on; returns how long the slowest answer took, in milliseconds. */
  const meanwhile = async (attack: () => Promise<void>) => {
    const { client: other } = await addWorkspace(test, 'viewer', test.workspaceId);
    const client = await ChatClient.open(test.address, other.token);
    const state = { isOver: false };
    const attacking = attack().finally(() => (state.isOver = true));
    let slowest = 0;
    for (let question = 1; !state.isOver || question <= 5; question += 1) {
      const began = performance.now();
      expect(await client.chat(`${question}`)).toMatchObject({ content: `${question}`, status: 'completed' });
      slowest = Math.max(slowest, performance.now() - began);
      await delay(60);
    }
    await attacking;
    return slowest;
  };

  /** How long an answer may take: not long, or on a busy machine twenty times what it takes there without an attack. */
  const bearable = async () => Math.max(soonMs, 20 * (await meanwhile(() => delay(500))));

  it('R53: frames that are too large or come in one-byte pieces cost nothing', async () => {
    const bearableMs = await bearable();
    const before = await heldBytes();
    const large = rawFrame(text, Buffer.alloc(1024, 'x'), { length: 2 ** 31 });
    const more = Buffer.alloc(65_536, 'x');
    const piece = rawFrame(continuation, Buffer.from('x'), { final: false });
    const pieces = Buffer.concat(Array.from({ length: 20_000 }, () => piece));
    const slowest = await meanwhile(async () => {
      const codes = await Promise.all(
        Array.from({ length: 100 }, async (_, index) => {
          const { socket } = await openRaw();
          const code = closeCodeOf(socket);
          if (index % 2 === 0) {
            socket.write(large);
            for (let part = 0; part < 20; part += 1) socket.write(more);
          } else {
            socket.write(rawFrame(text, Buffer.from('x'), { final: false }));
            socket.write(pieces);
          }
          return code;
        }),
      );
      expect(new Set(codes)).toEqual(new Set([4413]));
      closeRaw();
      await delay(100);
    });
    await expectHeld(before, 8 * mebibyte);
    expect(slowest).toBeLessThan(bearableMs);
  });

  it('R53: pieces that wait for the rest are few', async () => {
    const before = await heldBytes();
    const sockets = await Promise.all(Array.from({ length: 100 }, () => openRaw()));
    for (const { socket } of sockets) {
      socket.write(rawFrame(text, Buffer.from('x'), { final: false }));
      for (let piece = 0; piece < 60; piece += 1)
        socket.write(rawFrame(continuation, Buffer.from('x'), { final: false }));
    }
    await delay(300);
    await expectHeld(before, 8 * mebibyte);
  });

  it('R53: a flood of pings ends its socket, also when nobody reads the pongs', async () => {
    const bearableMs = await bearable();
    const before = await heldBytes();
    const slowest = await meanwhile(async () => {
      const flood = Buffer.concat(Array.from({ length: 50_000 }, () => rawFrame(ping, Buffer.alloc(100))));
      await Promise.all(
        Array.from({ length: 10 }, async () => {
          const { socket } = await openRaw();
          socket.pause();
          const closed = new Promise((resolve) => socket.once('close', resolve));
          socket.write(flood);
          await delay(500);
          socket.resume();
          await closed;
        }),
      );
    });
    await expectHeld(before, 8 * mebibyte);
    expect(slowest).toBeLessThan(bearableMs);
  });

  it('R53: thousands of headers are refused, and nothing falls over', async () => {
    const { answer } = await openRaw(Array.from({ length: 4000 }, (_, index) => `x-${index}: 1\r\n`).join(''));
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    const { answer: fewer } = await openRaw(Array.from({ length: 1900 }, (_, index) => `a${index}:\r\n`).join(''));
    expect(fewer).toMatch(/^HTTP\/1\.1 (101|431) /);
    await test.owner.get('/users/me').expect(200);
  });

  it('R53: faults are named without answering many times what was sent', async () => {
    const client = await ChatClient.open(test.address, test.owner.token);
    const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f${index}`, 1]));
    const error = await client.ask({ type: 'chat', content: 'x', ...unknown });
    expect(JSON.stringify(error).length).toBeLessThan(4000);
    const deep = `{"type":"chat","id":"deep","content":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    client.socket.send(deep);
    expect(await client.answerTo('deep')).toMatchObject({ problem: { status: 400 } });
  });

  it('R53: frames of a client that does not read answers are not read ahead', async () => {
    answerWith(test, async (_, { emit }) => {
      for (let each = 0; each < 200; each += 1)
        await emit({ type: 'tool.finished', name: 'search', output: 'x'.repeat(65_000) });
      return 'done';
    });
    const reader = await ChatClient.open(test.address, test.owner.token);
    const { run_id } = await reader.ask({ type: 'chat', content: 'much' });
    await reader.run(run_id);
    const { socket } = await openRaw();
    socket.pause();
    const before = await heldBytes();
    const frame = (value: object) => rawFrame(text, Buffer.from(JSON.stringify(value)));
    socket.write(frame({ type: 'subscribe', run_id }));
    await delay(200);
    const question = frame({ type: 'chat', content: 'x'.repeat(15_000), padding: 'x'.repeat(50_000) });
    for (let each = 0; each < 190; each += 1) socket.write(question);
    await delay(500);
    await expectHeld(before, 4 * mebibyte);
    expect(socket.destroyed).toBe(false);
  });

  it('R52: readers that stall are not read ahead for, and given up with 1013', async () => {
    const megabytes = 60;
    let sent = 0;
    answerWith(test, async (_, { emit }) => {
      for (; sent < megabytes * 16; sent += 1)
        await emit({ type: 'tool.finished', name: 'search', output: 'x'.repeat(65_000) });
      return 'done';
    });
    const before = await heldBytes();
    const reader = await ChatClient.open(test.address, test.owner.token);
    const stalled = await Promise.all(Array.from({ length: 8 }, () => openRaw()));
    for (const { socket } of stalled) socket.pause();
    const { run_id } = await reader.ask({ type: 'chat', content: 'much' });
    reader.socket.pause();
    for (const { socket } of stalled)
      socket.write(rawFrame(text, Buffer.from(JSON.stringify({ type: 'subscribe', run_id }))));
    await until(async () => sent === megabytes * 16);
    await delay(300);
    await expectHeld(before, 8 * mebibyte);
    test.app.nest.get(SocketGateway).look(performance.now() + 31_000);
    const codes = Promise.all(stalled.map(({ socket }) => closeCodeOf(socket)));
    reader.socket.resume();
    for (const { socket } of stalled) socket.resume();
    expect(await reader.closed).toMatchObject({ code: 1013 });
    expect(new Set(await codes)).toEqual(new Set([1013]));
    const again = await ChatClient.open(test.address, test.owner.token);
    const last = reader.events(run_id).at(-1)!.seq!;
    await again.ask({ type: 'subscribe', run_id, after: last });
    const all = [...reader.events(run_id), ...(await again.run(run_id))];
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
  });

  it('gives a client up that answers no ping, and keeps one that does', async () => {
    const url = `${test.address.replace('http', 'ws')}/ws?token=${test.owner.token}`;
    const silent = new WebSocket(url, { autoPong: false });
    const gone = new Promise<number>((resolve) => silent.once('close', resolve));
    await once(silent, 'message');
    const alive = await ChatClient.open(test.address, test.owner.token);
    const now = performance.now();
    for (const seconds of [26, 52, 78]) {
      const pinged = once(alive.socket, 'ping');
      test.app.nest.get(SocketGateway).look(now + seconds * 1000);
      await pinged;
      // What comes after its pong has come is answered after that was seen.
      const from = alive.received.length;
      alive.send({ type: 'ping' });
      await alive.frame(({ type }) => type === 'pong', { from });
    }
    expect(await gone).toBe(1006);
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('R53: ten thousand sockets from one address are refused, and others are answered', async () => {
    const bearableMs = await bearable();
    const before = await heldBytes();
    const slowest = await meanwhile(async () => {
      let refused = 0;
      const began = performance.now();
      for (let batch = 0; batch < 50; batch += 1)
        await Promise.all(
          Array.from({ length: 200 }, async () => {
            const socket = knock('');
            socket.once('data', () => setTimeout(() => socket.destroy(), 20));
            if ((await closeCodeOf(socket)) === 4429) refused += 1;
          }),
        );
      // Six hundred are let in within a minute.
      const minutes = Math.ceil((performance.now() - began) / 60_000);
      expect(refused).toBeGreaterThanOrEqual(10_000 - 600 * (minutes + 1));
    });
    await expectHeld(before, 16 * mebibyte);
    expect(slowest).toBeLessThan(bearableMs);
  });
});
