import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DnsServer } from '../../../test/support/dns-server.js';
import { soonMs } from '../../../test/support/soon.js';
import { until } from '../../../test/support/until.js';
import { isPublicAddress } from './public-address.js';
import { type OutsideRequest, SafeFetch } from './safe-fetch.js';

type Answer = (...parameters: Parameters<RequestListener>) => unknown;

/** A web server on one of this machine's addresses, with a count of those who came. */
class Listener {
  connections = 0;

  private constructor(readonly server: Server) {
    server.on('connection', () => (this.connections += 1));
  }

  static async start(address: string, answer: Answer, port = 0): Promise<Listener> {
    const listener = new Listener(createServer((request, response) => void answer(request, response)));
    listener.server.listen(port, address);
    await once(listener.server, 'listening');
    return listener;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
}

const open: { close(): unknown }[] = [];
const kept = <Thing extends { close(): unknown }>(thing: Thing): Thing => {
  open.push(thing);
  return thing;
};
const listen = async (address: string, answer: Answer, port?: number): Promise<Listener> => {
  const listener = await Listener.start(address, answer, port);
  kept({ close: () => (listener.server.closeAllConnections(), listener.server.close()) });
  return listener;
};

const hello: Answer = (_, response) => response.setHeader('content-type', 'text/plain').end('hello');

const asked = (url: string, more: Partial<OutsideRequest> = {}): OutsideRequest => ({
  url,
  method: 'GET',
  headers: {},
  timeoutMs: 3000,
  limitBytes: 1000,
  takes: (type) => type === 'application/json' || type.startsWith('text/'),
  signal: new AbortController().signal,
  ...more,
});

const local = new SafeFetch({ allowHttp: true, allowedHosts: ['127.0.0.1'] });
const slugOf = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined).catch((reason: unknown) => reason);
  return (error as { kind?: { slug: string } } | undefined)?.kind?.slug ?? error;
};

describe('SafeFetch', () => {
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  it('R58: connects to the address that it has checked, whatever the name means a moment later', async () => {
    const wanted = await listen('127.0.0.2', hello);
    const forbidden = await listen('127.0.0.1', hello, wanted.port);
    const dns = kept(await DnsServer.start(['127.0.0.2'], ['127.0.0.1']));
    const mayReach = (address: string) => address === '127.0.0.2';
    const fetcher = new SafeFetch({ allowHttp: true, allowedHosts: [], resolve: dns.resolve, mayReach });
    const url = `http://flips.example:${wanted.port}/`;
    expect((await fetcher.fetch(asked(url))).text).toBe('hello');
    expect([dns.questions, wanted.connections, forbidden.connections]).toEqual([1, 1, 0]);
    expect(await slugOf(fetcher.fetch(asked(url)))).toBe('address-refused');
    expect([wanted.connections, forbidden.connections]).toEqual([1, 0]);
  });

  it('R58: refuses a name as soon as one of its addresses is private', async () => {
    const forbidden = await listen('127.0.0.1', hello);
    const dns = kept(await DnsServer.start(['93.184.216.34', '127.0.0.1'], ['127.0.0.1'], ['169.254.169.254']));
    const fetcher = new SafeFetch({ allowHttp: true, allowedHosts: [], resolve: dns.resolve });
    for (let answer = 0; answer < 3; answer += 1)
      expect(await slugOf(fetcher.fetch(asked(`http://mixed.example:${forbidden.port}/`)))).toBe('address-refused');
    expect([dns.questions, forbidden.connections]).toEqual([3, 0]);
  });

  it('R58: never connects to an address of this machine, however it is written', async () => {
    const forbidden = await listen('127.0.0.1', hello);
    const fetcher = new SafeFetch({ allowHttp: true, allowedHosts: [] });
    const hosts = ['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '127.1', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'];
    for (const host of [...hosts, '0.0.0.0', '[::]', '[::1]', 'localhost', 'LOCALHOST', '１２７.0.0.1', '127。0。0。1'])
      expect([host, await slugOf(fetcher.fetch(asked(`http://${host}:${forbidden.port}/`)))]).toEqual([
        host,
        'address-refused',
      ]);
    expect(forbidden.connections).toBe(0);
  });

  it('R58: lets no address through that is not public', async () => {
    const fetcher = new SafeFetch({ allowHttp: false, allowedHosts: [] });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV4Extended(),
          fc.ipV6().map((each) => `[${each}]`),
        ),
        (host) => {
          const canonical = new URL(`https://${host}/`).hostname.replace(/^\[|\]$/g, '');
          const permitted = () => fetcher.permitted(`https://${host}/`);
          if (isPublicAddress(canonical)) expect(permitted()).toBeInstanceOf(URL);
          else expect(permitted).toThrow('not a host of the public internet');
        },
      ),
    );
  });

  it('R58: follows no redirect', async () => {
    const forbidden = await listen('127.0.0.1', hello);
    const redirecting = await listen('127.0.0.1', (_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${forbidden.port}/` }).end();
    });
    expect(await slugOf(local.fetch(asked(`http://127.0.0.1:${redirecting.port}/`)))).toBe('outside-answer-refused');
    expect(forbidden.connections).toBe(0);
  });

  it.each([
    ['http://example.com/', false],
    ['ftp://example.com/', true],
    ['file:///etc/passwd', true],
    ['https://user:password@example.com/', true],
    ['nonsense', true],
  ])('refuses %s', async (url, allowHttp) => {
    const fetcher = new SafeFetch({ allowHttp, allowedHosts: [] });
    expect(await slugOf(fetcher.fetch(asked(url)))).toBe('address-refused');
  });

  it('sends what it is given and answers with text, whatever the status', async () => {
    const seen: unknown[] = [];
    const echo = await listen('127.0.0.1', async (request, response) => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
      seen.push(request.method, request.url, request.headers['x-key'], body);
      response.writeHead(404, { 'content-type': 'application/json; charset=latin1' }).end(Buffer.from('"é"', 'latin1'));
    });
    const url = `http://127.0.0.1:${echo.port}/a?b=c`;
    const answer = await local.fetch(asked(url, { method: 'POST', headers: { 'x-key': 'k' }, body: '{"é":1}' }));
    expect(seen).toEqual(['POST', '/a?b=c', 'k', '{"é":1}']);
    expect(answer).toMatchObject({ status: 404, mediaType: 'application/json', text: '"é"', truncated: false });
    expect(answer.headers).toMatchObject({ 'content-type': expect.stringContaining('application/json') });
  });

  it('reads no more than it was told to, from a body without end too', async () => {
    let sent = 0;
    let closed = false;
    const endless = await listen('127.0.0.1', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const timer = setInterval(() => {
        sent += 65_536;
        response.write('é'.repeat(32_768));
      }, 1);
      response.on('close', () => {
        clearInterval(timer);
        closed = true;
      });
    });
    const answer = await local.fetch(asked(`http://127.0.0.1:${endless.port}/`, { limitBytes: 101 }));
    expect(answer).toMatchObject({ truncated: true, text: 'é'.repeat(50) });
    await until(async () => closed);
    expect(sent).toBeLessThan(100_000_000);
  });

  it.each([
    ['image/png', {}],
    ['application/octet-stream', {}],
    ['text/plain', { 'content-encoding': 'gzip' }],
  ])('takes no %s with %j', async (type, headers) => {
    const server = await listen('127.0.0.1', (_, response) => {
      response.writeHead(200, { 'content-type': type, ...headers }).end('x');
    });
    expect(await slugOf(local.fetch(asked(`http://127.0.0.1:${server.port}/`)))).toBe('outside-answer-refused');
  });

  it('gives up on a server that says nothing, stops in the middle, or drips', async () => {
    const silent = await listen('127.0.0.1', () => undefined);
    const dripping = await listen('127.0.0.1', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const timer = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(timer));
    });
    for (const { port } of [silent, dripping]) {
      const began = Date.now();
      const slug = await slugOf(local.fetch(asked(`http://127.0.0.1:${port}/`, { timeoutMs: 200 })));
      expect([slug, Date.now() - began < soonMs]).toEqual(['outside-too-slow', true]);
    }
    const broken = await listen('127.0.0.1', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await slugOf(local.fetch(asked(`http://127.0.0.1:${broken.port}/`)))).toBe('outside-unreachable');
  });

  it('ends with its signal, and says when nobody is there', async () => {
    const silent = await listen('127.0.0.1', () => undefined);
    const cancelled = new Error('cancelled');
    const controller = new AbortController();
    setTimeout(() => controller.abort(cancelled), 50);
    const request = asked(`http://127.0.0.1:${silent.port}/`, { signal: controller.signal });
    await expect(local.fetch(request)).rejects.toBe(cancelled);
    const { port } = silent;
    open.splice(0).forEach((each) => each.close());
    expect(await slugOf(local.fetch(asked(`http://127.0.0.1:${port}/`)))).toBe('outside-unreachable');
  });
});
