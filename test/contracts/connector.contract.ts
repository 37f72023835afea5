import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/providers/clock/system.clock.js';
import type {
  Connector,
  ConnectorCursor,
  ConnectorSession,
  SourceConfig,
  SyncPage,
  SyncRequest,
  WebhookRequest,
} from '../../src/providers/connectors/connector.js';
import { Connectors } from '../../src/providers/connectors/connectors.js';
import {
  ConnectorAddressRefused,
  ConnectorBusy,
  ConnectorRefused,
  ConnectorUnreachable,
} from '../../src/providers/connectors/errors.js';
import type { SourceDocument } from '../../src/providers/connectors/source-document.js';
import type { FakePlatform } from '../support/platforms/fake-platform.js';

/** What the suite asks of a platform's fake, in the words of that platform. */
export interface ConnectorHarness<Platform extends FakePlatform> {
  readonly kind: Connector['kind'];
  /** About 250 items to read, always the same. */
  create(): Platform;
  config(platform: Platform): SourceConfig;
  readonly token: string;
  /** External ids of all that a sync must bring. */
  expected(platform: Platform): string[];
  /** Makes one more item, and answers its external id. */
  add(platform: Platform, text: string): string;
  /** Lets somebody answer on an item, and answers its external id. */
  reply(platform: Platform, text: string): string;
  edit(platform: Platform, text: string): string;
  /** Deletes an item, and answers its external id with the webhook that tells of it. */
  remove(platform: Platform): { externalId: string; webhook: SentWebhook };
  /** A webhook of a new item. */
  added(platform: Platform, text: string): { externalId: string; webhook: SentWebhook };
  readonly webhookSecret: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Requests of a sync in which nothing has changed. */
  readonly idleRequests: number;
}

export interface SentWebhook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function connectorContract<Platform extends FakePlatform>(harness: ConnectorHarness<Platform>): void {
  describe(`${harness.kind} connector`, () => {
    let platform: Platform;
    let connector: Connector;
    const waits: { seconds: number; reason: string }[] = [];

    beforeAll(async () => {
      platform = await harness.create().start();
      connector = await connectorsFor(platform).of(harness.kind);
    });

    afterAll(() => platform.close());

    const open = ({ token = harness.token, patienceSeconds = 60, signal = new AbortController().signal } = {}) => {
      const config = connector.configure(harness.config(platform)) as SourceConfig;
      const onWait = (wait: { seconds: number; reason: string }) => void waits.push(wait);
      return connector.open({ config, secret: { token }, signal, onWait, patienceSeconds });
    };
    const webhook = ({ body, headers }: SentWebhook, { at = new Date(), query = harness.query ?? {} } = {}) => {
      const request: WebhookRequest = { body: Buffer.from(body), headers, query, receivedAt: at };
      return connector.webhook(request, harness.webhookSecret);
    };
    const full: SyncRequest = { mode: 'full' };
    let position: ConnectorCursor;

    it('tells as whom it reads, and what', async () => {
      const { account, containers, warnings } = await open().test();
      expect(account.length).toBeGreaterThan(2);
      expect(containers.filter(({ readable }) => readable).length).toBeGreaterThan(1);
      expect(warnings).toEqual([]);
    });

    it('reads everything once, in pages', async () => {
      const pages = await collect(open(), full);
      const ids = documentsOf(pages).map(({ externalId }) => externalId);
      expect([...ids].sort()).toEqual(harness.expected(platform).sort());
      expect(pages.length).toBeGreaterThan(4);
      expect(pages.map(({ done }) => done)).toEqual([...pages.slice(1).map(() => false), true]);
      position = pages.at(-1)!.cursor;
    });

    it('brings documents that hold together', async () => {
      for (const document of documentsOf(await collect(open(), full))) {
        const { text, parts = [], url, createdAt, updatedAt, externalId } = document;
        expect(URL.canParse(url)).toBe(true);
        expect([createdAt, updatedAt].map((time) => new Date(time).toISOString())).toEqual([createdAt, updatedAt]);
        expect(updatedAt >= createdAt).toBe(true);
        expect(externalId.length).toBeLessThanOrEqual(500);
        let end = 0;
        for (const part of parts) {
          expect(part.start).toBeGreaterThanOrEqual(end);
          expect(part.end).toBeGreaterThan(part.start);
          ({ end } = part);
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }
    });

    it('R59: goes on behind any page when it is stopped there', async () => {
      const expected = harness.expected(platform).sort();
      const whole = await collect(open(), full);
      for (let stop = 0; stop < whole.length - 1; stop += 1) {
        const before = whole.slice(0, stop + 1);
        const cursor = JSON.parse(JSON.stringify(before.at(-1)!.cursor)) as ConnectorCursor;
        const after = await collect(open(), { mode: 'full', cursor });
        const ids = [...documentsOf(before), ...documentsOf(after)].map(({ externalId }) => externalId);
        expect([...new Set(ids)].sort()).toEqual(expected);
        // Wikis and READMEs are read as a whole, the others not twice.
        expect(ids.length - expected.length).toBeLessThanOrEqual(1);
        expect(after.at(-1)!.cursor).toEqual(position);
      }
    });

    it('reads nothing again when nothing has changed', async () => {
      platform.countRequests();
      const pages = await collect(open(), { mode: 'incremental', cursor: position });
      expect(documentsOf(pages).filter(({ kind }) => kind !== 'wiki' && kind !== 'readme')).toEqual([]);
      expect(platform.countRequests()).toBeLessThanOrEqual(harness.idleRequests);
      expect(pages.at(-1)!.cursor).toEqual(position);
    });

    it('reads what was added, answered and edited since', async () => {
      const ids = [
        harness.add(platform, 'A new one about pumpkins'),
        harness.reply(platform, 'An answer about aubergines'),
        harness.edit(platform, 'Now it is about artichokes'),
      ];
      const pages = await collect(open(), { mode: 'incremental', cursor: position });
      const read = documentsOf(pages).filter(({ kind }) => kind !== 'wiki' && kind !== 'readme');
      expect(read.map(({ externalId }) => externalId).sort()).toEqual(ids.sort());
      const texts = read.map(({ text }) => text).join('\n');
      for (const word of ['pumpkins', 'aubergines', 'artichokes']) expect(texts).toContain(word);
      const answered = read.find(({ text }) => text.includes('aubergines'))!;
      const part = answered.parts!.at(-1)!;
      expect(answered.text.slice(part.start, part.end)).toBe('An answer about aubergines');
      expect(part.author).toBeTruthy();
      position = pages.at(-1)!.cursor;
    });

    it('R57: reads what a webhook tells of, and leaves out what it says is gone', async () => {
      const added = harness.added(platform, 'Told of by a webhook: chestnuts');
      const answer = webhook(added.webhook);
      if (answer.kind !== 'event') throw new Error(`It is ${answer.kind}.`);
      const { documents } = await open().refresh(answer.changes);
      expect(documents.map(({ externalId }) => externalId)).toEqual([added.externalId]);
      expect(documents[0]!.text).toContain('chestnuts');
      expect(webhook(added.webhook)).toEqual(answer);

      const removed = harness.remove(platform);
      const gone = webhook(removed.webhook);
      if (gone.kind !== 'event') throw new Error(`It is ${gone.kind}.`);
      expect(await open().refresh(gone.changes)).toEqual({ documents: [], deletions: [removed.externalId] });
    });

    it('R57: refuses webhooks of others', () => {
      const { webhook: sent } = harness.added(platform, 'Forged');
      const wrongHeaders = Object.fromEntries(Object.entries(sent.headers).map(([name, value]) => [name, `${value}0`]));
      const query = Object.fromEntries(Object.keys(harness.query ?? {}).map((name) => [name, 'wrong']));
      expect(webhook({ ...sent, headers: wrongHeaders }, { query })).toMatchObject({ kind: 'refused' });
      expect(webhook({ ...sent, headers: {} }, { query: {} })).toMatchObject({ kind: 'refused' });
      expect(webhook({ ...sent, body: 'no JSON' })).toMatchObject({ kind: 'refused' });
    });

    it('waits as long as the platform asks, and tries again when it stumbles', async () => {
      waits.length = 0;
      platform.failNext({ status: 429, headers: { 'retry-after': '1' }, body: '' });
      platform.failNext({ status: 503, body: 'down' });
      platform.failNext({ cut: true });
      const pages = await collect(open(), { mode: 'incremental', cursor: position });
      expect(pages.at(-1)!.done).toBe(true);
      expect(waits.map(({ reason }) => reason)).toEqual([
        'its rate limit is used up',
        'it answered with status 503',
        'it did not answer',
      ]);
      expect(waits[0]!.seconds).toBe(1);
    });

    it('gives up a wait that is too long, and does not wait at all for a test', async () => {
      platform.failNext({ status: 429, headers: { 'retry-after': '120' }, body: '' });
      await expect(collect(open(), { mode: 'incremental', cursor: position })).rejects.toThrow(/wait 120 seconds/);
      platform.failNext({ status: 429, headers: { 'retry-after': '1' }, body: '' });
      await expect(open({ patienceSeconds: 0 }).test()).rejects.toBeInstanceOf(ConnectorBusy);
    });

    it('ends a wait when it is told to', async () => {
      const controller = new AbortController();
      platform.failNext({ status: 429, headers: { 'retry-after': '50' }, body: '' });
      const reading = collect(open({ signal: controller.signal }), full);
      const reason = new Error('enough');
      setTimeout(() => controller.abort(reason), 50);
      await expect(reading).rejects.toBe(reason);
    });

    it('says what is wrong with a token', async () => {
      await expect(open({ token: 'wrong-token' }).test()).rejects.toBeInstanceOf(ConnectorRefused);
    });

    it('R58: neither calls private addresses nor follows redirects', async () => {
      const strict = await connectorsFor(platform, { allowedHosts: [] }).of(harness.kind);
      platform.countRequests();
      const config = strict.configure(harness.config(platform)) as SourceConfig;
      const common = { secret: { token: harness.token }, signal: new AbortController().signal, patienceSeconds: 0 };
      const session = strict.open({ config, ...common, onWait: () => undefined });
      await expect(session.test()).rejects.toBeInstanceOf(ConnectorAddressRefused);
      expect(platform.countRequests()).toBe(0);
      platform.failNext({ status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' }, body: '' });
      await expect(open({ patienceSeconds: 0 }).test()).rejects.toBeInstanceOf(ConnectorUnreachable);
    });
  });
}

export function connectorsFor(platform: FakePlatform, { allowedHosts = ['127.0.0.1'] } = {}): Connectors {
  return new Connectors(new SystemClock(), {
    outside: { allowHttp: true, allowedHosts },
    slack: { apiUrl: `${platform.address}/api/` },
  });
}

async function collect(session: ConnectorSession, request: SyncRequest): Promise<SyncPage[]> {
  const pages: SyncPage[] = [];
  for await (const page of session.sync(request)) {
    // What is kept must not change with what comes later.
    pages.push(structuredClone(page));
  }
  return pages;
}

function documentsOf(pages: readonly SyncPage[]): SourceDocument[] {
  return pages.flatMap(({ documents }) => documents);
}
