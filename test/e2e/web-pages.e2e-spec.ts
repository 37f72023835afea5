import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { join, relative } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';

const exported = join(process.cwd(), 'web/out');

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe('the web page, as the service serves it', () => {
  let test: TestApp;

  beforeAll(async () => {
    if (!existsSync(join(exported, 'index.html'))) {
      throw new Error('The web page is not built. Run: node scripts/build-web.mjs');
    }
    test = await startApp();
  });

  afterAll(() => test?.close());

  /** Asks for exactly this path: other clients tidy "..", decompress or follow. */
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<Answer>((resolve, reject) => {
      const sent = httpRequest(test.address, { path, headers, method }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.on('error', reject).end();
    });

  const pages = existsSync(exported)
    ? readdirSync(exported, { recursive: true, withFileTypes: true })
        .filter(({ name }) => name === 'index.html')
        .map(({ parentPath }) => `/${relative(exported, parentPath)}/`.replace('//', '/'))
    : [];

  const scripts = (html: string) => [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];

  it.each(pages)('%s runs its own scripts and no other', async (path) => {
    const { status, headers, body } = await ask(path);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
    const policy = String(headers['content-security-policy']);
    const allowed = new Set(/script-src ([^;]+)/.exec(policy)![1]!.split(' '));
    const needed = new Set(["'self'"]);
    for (const [, attributes, code] of scripts(body.toString())) {
      const source = /\ssrc="([^"]*)"/.exec(attributes!)?.[1];
      if (source === undefined) needed.add(`'sha256-${createHash('sha256').update(code!).digest('base64')}'`);
      else expect(source).toMatch(/^\/(?!\/)/);
    }
    expect(allowed).toEqual(needed);
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/);
    expect(policy).toMatch(/^default-src 'none';.* frame-ancestors 'none'; base-uri 'none'; form-action 'self'$/);
    expect(body.toString()).not.toMatch(/\son\w+="|javascript:/);
  });

  it('sends the other security headers with pages, too', async () => {
    const { headers } = await ask('/sign-in/');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('has pages asked for anew and what is named by its hash kept for ever', async () => {
    const page = await ask('/sign-in/');
    expect(page.headers['cache-control']).toBe('no-cache');
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page.body.toString())![1]!;
    const { status, headers } = await ask(script);
    expect({ status, kept: headers['cache-control'] }).toEqual({
      status: 200,
      kept: 'public, max-age=31536000, immutable',
    });
  });

  it('answers 304 without a body to who has the page already', async () => {
    const { headers } = await ask('/sign-in/');
    const again = await ask('/sign-in/', { 'if-none-match': headers.etag! });
    expect({ status: again.status, bytes: again.body.length }).toEqual({ status: 304, bytes: 0 });
    expect((await ask('/sign-in/', { 'if-none-match': '"another"' })).status).toBe(200);
  });

  it('sends what was compressed beforehand to who can read it', async () => {
    const { headers, body } = await ask('/sign-in/', { 'accept-encoding': 'gzip, br' });
    expect(headers['content-encoding']).toBe('br');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers.vary).toMatch(/accept-encoding/i);
    expect(headers['content-security-policy']).toMatch(/'sha256-/);
    expect(brotliDecompressSync(body)).toEqual((await ask('/sign-in/')).body);
    expect((await ask('/sign-in/', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe('gzip');
  });

  it('answers HEAD like GET, without the body', async () => {
    const [head, get] = [await ask('/sign-in/', {}, 'HEAD'), await ask('/sign-in/')];
    expect({ status: head.status, bytes: head.body.length }).toEqual({ status: 200, bytes: 0 });
    for (const name of ['content-length', 'content-type', 'etag', 'content-security-policy', 'cache-control']) {
      expect(head.headers[name]).toBe(get.headers[name]);
    }
  });

  it('leads from an address without its last slash to the one with it', async () => {
    const { status, headers } = await ask('/sign-in?then=%2Fsql%2F');
    expect({ status, location: headers.location }).toEqual({ status: 301, location: '/sign-in/?then=%2Fsql%2F' });
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/_next/..%2f..%2f..%2fpackage.json',
    '/_next/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/..\\..\\package.json',
    '/.tabletalk-built',
    '/%00',
    '//example.com/%2e%2e',
    '//example.com',
  ])('gives away no file besides the pages: %s', async (path) => {
    const { status, headers, body } = await ask(path);
    expect([400, 403, 404]).toContain(status);
    expect(headers.location).toBeUndefined();
    expect(body.toString()).not.toMatch(/"devDependencies"|^[0-9a-f]{64}$/);
  });

  const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

  it('shows a page to a browser that asks for one that there is not', async () => {
    const { status, headers, body } = await ask('/no/such/page', browser);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 404, type: 'text/html; charset=utf-8' });
    expect(body.toString()).toContain('There is no such page');
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-/);
    const head = await ask('/no/such/page', browser, 'HEAD');
    expect({ status: head.status, length: head.headers['content-length'], bytes: head.body.length }).toEqual({
      status: 404,
      length: String(body.length),
      bytes: 0,
    });
  });

  it('keeps telling programs in their own language', async () => {
    for (const [path, headers, method] of [
      ['/no/such/page', {}, 'GET'],
      ['/no/such/page', { accept: 'application/json' }, 'GET'],
      ['/no/such/page', browser, 'POST'],
      ['/api/v1/no/such/route', browser, 'GET'],
    ] as const) {
      const answer = await ask(path, headers, method);
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(JSON.parse(answer.body.toString())).toMatchObject({ type: '/problems/route-not-found', status: 404 });
    }
  });
});

describe('without the web page', () => {
  it('leads the front door to the documentation', async () => {
    const test = await startApp({ settings: { WEB_PAGE: 'off' } });
    try {
      const front = await fetch(`${test.address}/`, { redirect: 'manual' });
      expect({ status: front.status, location: front.headers.get('location') }).toEqual({
        status: 302,
        location: '/docs',
      });
      const page = await fetch(`${test.address}/sign-in/`, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(404);
      expect(page.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    } finally {
      await test.close();
    }
  });
});
