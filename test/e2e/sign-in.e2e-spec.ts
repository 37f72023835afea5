import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';

const email = 'owner@example.com';
const password = 'correct horse battery staple';

interface AuditTables {
  audit_events: { action: string; outcome: string; user_id: string | null; detail: string | null; address: string };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe('signing in', () => {
  let test: TestApp;

  afterEach(() => test.close());

  const login = (body: object, address?: string) =>
    test.nobody.with(address === undefined ? {} : { 'x-forwarded-for': address }).post('/auth/login', body);
  const wrong = { email, password: 'not this one' };

  const events = (action: string) =>
    test.app.adapters.database
      .tables<AuditTables>()
      .selectFrom('audit_events')
      .selectAll()
      .where('action', '=', action)
      .execute();

  describe('who exists', () => {
    let metrics: Server;

    afterEach(() => void metrics.close());

    const hashed = async () => {
      const answer = await fetch(`http://127.0.0.1:${(metrics.address() as AddressInfo).port}/metrics`);
      const line = /^password_hashes_total\{operation="verify"\} (\d+)$/m.exec(await answer.text());
      return Number(line?.[1] ?? 0);
    };

    it('R12: is told neither by the answer nor by the work that is done for it', async () => {
      test = await startApp();
      metrics = await test.app.metrics.listen('127.0.0.1', 0);
      const disabled = await addWorkspace(test);
      const { body: account } = await disabled.client.get('/users/me').expect(200);
      await test.app.adapters.database
        .tables<{ users: { id: string; is_active: number } }>()
        .updateTable('users')
        .set({ is_active: 0 })
        .where('id', '=', disabled.userId)
        .execute();
      const answers = [];
      for (const body of [
        wrong,
        { ...wrong, email: 'nobody@example.com' },
        { ...wrong, email: 'not an address' },
        { email: account.email, password: 'another correct horse' },
        { ...wrong, email: account.email },
        { email, password: 'short' },
        { email: 'nobody@example.com', password: 'x'.repeat(100) },
      ]) {
        const before = await hashed();
        const answer = await login(body);
        expect((await hashed()) - before).toBe(1);
        const { 'x-request-id': _, date: __, ...headers } = answer.headers;
        answers.push({ status: answer.status, headers, body: { ...answer.body, request_id: '' } });
      }
      expect(answers[0]!.status).toBe(401);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    });
  });

  it('R12: takes as long for an unknown account as for a known one', async () => {
    test = await startApp({ settings: { BCRYPT_COST: '9', LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS: '1000' } });
    const times = { known: [] as number[], unknown: [] as number[] };
    const ratio = () => median(times.known) / median(times.unknown);
    const isEqual = () => ratio() > 0.6 && ratio() < 1.67;
    // On a machine that is busy with others it takes more of them to tell.
    for (let round = 0; round < 25 || (round < 200 && !isEqual()); round += 1) {
      for (const [side, address] of [
        ['known', email],
        ['unknown', `nobody${round}@example.com`],
      ] as const) {
        const began = performance.now();
        await login({ email: address, password: 'not this one' }).expect(401);
        times[side].push(performance.now() - began);
      }
    }
    expect(ratio()).toBeGreaterThan(0.6);
    expect(ratio()).toBeLessThan(1.67);
  });

  it('R12: hashes a password anew, when it is given, after the work factor was changed', async () => {
    test = await startApp();
    const hash = async () =>
      (
        await test.app.adapters.database
          .tables<{ users: { password_hash: string } }>()
          .selectFrom('users')
          .select('password_hash')
          .executeTakeFirstOrThrow()
      ).password_hash;
    const { dataDirectory } = test;
    expect(await hash()).toMatch(/^\$2b\$04\$/);
    await test.app.close();
    test = await startApp({ dataDirectory, settings: { BCRYPT_COST: '5' } });
    const renewed = await hash();
    expect(renewed).toMatch(/^\$2b\$05\$/);
    await login({ email, password }).expect(200);
    expect(await hash()).toBe(renewed);
  });

  it('R13: pauses for one account from one address after too many failures, known or not, and says until when', async () => {
    test = await startApp({ settings: { TRUSTED_PROXY_HOPS: '1' } });
    const answers = [];
    for (const address of [email, 'nobody@example.com']) {
      const guess = { email: address, password: 'not this one' };
      for (let attempt = 0; attempt < 10; attempt += 1) await login(guess, '10.0.0.1').expect(401);
      const { status, headers, body } = await login(guess, '10.0.0.1');
      expect(Number(headers['retry-after'])).toBeGreaterThan(800);
      answers.push({ status, body: { ...body, request_id: '', detail: body.detail.replace(/\d+ s/, 'n s') } });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 429, body: { type: '/problems/sign-ins-paused' } });

    await login({ email, password }, '10.0.0.1').expect(429);
    await login({ email, password }, '10.0.0.2').expect(200);
    const locked = await events('user.locked_out');
    expect(locked).toMatchObject([{ address: '10.0.0.1', outcome: 'denied' }, { user_id: null }]);
    expect(JSON.parse(locked[0]!.detail!)).toEqual({ scope: 'account_and_address' });
    expect(await events('user.login')).toHaveLength(20);
  });

  it('R13: the current password is guessed no faster by somebody who is signed in', async () => {
    test = await startApp({ settings: { LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS: '3' } });
    const guess = { current_password: 'not this one', new_password: 'long enough password' };
    await login(wrong).expect(401);
    await test.owner.post('/users/me/password', guess).expect(403);
    await test.owner.post('/users/me/password', guess).expect(403);
    await test.owner.post('/users/me/password', guess).expect(429);
    await login({ email, password }).expect(429);
  });

  it('R13: a right password forgives the wrong ones before it', async () => {
    test = await startApp({ settings: { LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS: '3' } });
    for (let round = 0; round < 3; round += 1) {
      await login(wrong).expect(401);
      await login(wrong).expect(401);
      await login({ email, password }).expect(200);
    }
  });

  it('R13: no more guesses pass at once than one after another', async () => {
    test = await startApp({ settings: { BCRYPT_COST: '8' } });
    const answers = await Promise.all(Array.from({ length: 30 }, () => login(wrong)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  });

  it('R13: a storm of sign-ins fills a bounded queue, and everything else goes on', async () => {
    test = await startApp({ settings: { BCRYPT_COST: '10', TRUSTED_PROXY_HOPS: '1' } });
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    const underWay = new Set(['the storm']);
    const storm = Promise.all(
      Array.from({ length: 120 }, (_, number) =>
        login({ email: `user${number}@example.com`, password: 'not this one' }, `10.1.${number}.1`),
      ),
    ).finally(() => underWay.clear());
    const probes: number[] = [];
    while (underWay.size > 0) {
      const began = performance.now();
      expect((await fetch(`${test.address}/health/live`)).status).toBe(200);
      probes.push(performance.now() - began);
      await delay(10);
    }
    lag.disable();
    const answers = await storm;
    const checked = answers.filter(({ status }) => status === 401);
    const refused = answers.filter(({ status }) => status === 429);
    expect(checked.length + refused.length).toBe(120);
    expect(checked.length).toBeGreaterThanOrEqual(34);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers } of refused) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(probes.length).toBeGreaterThan(5);
    expect(median(probes)).toBeLessThan(1000);
    expect(lag.percentile(99) / 1e6).toBeLessThan(2000);
    await login({ email, password }, '10.2.0.1').expect(200);
  });
});
