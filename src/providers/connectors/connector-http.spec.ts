import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { until } from '../../../test/support/until.js';
import { SafeFetch } from '../../platform/http/safe-fetch.js';
import { patientFetch } from './connector-http.js';

describe('patientFetch', () => {
  const outside = new SafeFetch({ allowHttp: true, allowedHosts: ['127.0.0.1'] });
  const clock = new ManualClock();
  const answers: ((response: ServerResponse) => void)[] = [];
  let server: Server;
  let address: string;

  beforeAll(async () => {
    server = createServer((_, response) => (answers.shift() ?? fine)(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  afterAll(() => void server.close());

  const fine = (response: ServerResponse) => void response.writeHead(200, { 'x-page': '7' }).end('{"ok":true}');
  const limited = (headers: Record<string, string>) => (response: ServerResponse) =>
    void response.writeHead(429, headers).end();
  /** Asks, and lets time pass whenever it is waited for; answers what was waited. */
  const ask = async (): Promise<{ answer: Response; waits: number[] }> => {
    const waits: number[] = [];
    const onWait = ({ seconds }: { seconds: number }) => void waits.push(seconds);
    const signal = new AbortController().signal;
    const asking = patientFetch(outside, clock, { signal, onWait, patienceSeconds: 900 })(address);
    let passed = 0;
    const over = asking.then(
      () => true,
      () => true,
    );
    await until(async () => {
      if (waits.length > passed) {
        clock.advance((waits[passed] ?? 0) * 1000);
        passed += 1;
      }
      return Promise.race([over, new Promise<false>((resolve) => setTimeout(() => resolve(false), 5))]);
    });
    return { answer: await asking, waits };
  };

  it('hands over status, headers and body', async () => {
    const { answer } = await ask();
    expect([answer.status, answer.headers.get('x-page'), await answer.json()]).toEqual([200, '7', { ok: true }]);
  });

  it.each<[string, () => Record<string, string>]>([
    ['seconds', () => ({ 'retry-after': '90' })],
    ['a date', () => ({ 'retry-after': new Date(clock.now().getTime() + 90_000).toUTCString() })],
    ['the time at which it begins anew', () => ({ 'x-ratelimit-reset': String(clock.now().getTime() / 1000 + 90) })],
  ])('waits for a rate limit given as %s', async (_, headers) => {
    answers.push(limited(headers()));
    expect((await ask()).waits).toEqual([90]);
  });

  it('R59: is limited once a minute, and goes on', async () => {
    for (let minute = 0; minute < 20; minute += 1) answers.push(limited({ 'retry-after': '60' }));
    expect((await ask()).waits).toEqual(Array.from({ length: 20 }, () => 60));
  });

  it('gives up what is limited for ever', async () => {
    for (let times = 0; times < 21; times += 1) answers.push(limited({ 'retry-after': '1' }));
    await expect(ask()).rejects.toThrow('asks to wait');
  });

  it('hands an error over that stays, after five tries', async () => {
    let tries = 0;
    for (let times = 0; times < 9; times += 1)
      answers.push((response) => {
        tries += 1;
        response.writeHead(500).end('{}');
      });
    expect((await ask()).answer.status).toBe(500);
    expect(tries).toBe(5);
    answers.length = 0;
  });

  it('only reads', async () => {
    const fetch = patientFetch(outside, clock, {
      signal: new AbortController().signal,
      onWait: () => undefined,
      patienceSeconds: 0,
    });
    await expect(fetch(address, { method: 'DELETE' })).rejects.toThrow('only read');
  });
});
