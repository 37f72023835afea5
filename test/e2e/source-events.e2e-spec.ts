import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { FakeBacklog } from '../support/platforms/fake-backlog.js';
import { FakeGitLab } from '../support/platforms/fake-gitlab.js';
import { FakeSlack } from '../support/platforms/fake-slack.js';
import {
  type Connected,
  connectBacklog,
  connectGitLab,
  connectSlack,
  platformSettings,
  storedDocuments,
  synced,
} from '../support/sources.js';
import { until } from '../support/until.js';

interface Sent {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

describe('webhooks', () => {
  let test: TestApp;
  let owner: Client;
  const slack = new FakeSlack();
  const gitlab = new FakeGitLab({ issues: 5 });
  const backlog = new FakeBacklog({ issues: 5 });

  beforeAll(async () => {
    await Promise.all([gitlab.start(), slack.start(), backlog.start()]);
    test = await startApp({ settings: platformSettings({ slack }) });
    ({ owner } = test);
  });

  afterAll(async () => {
    await test.close();
    await Promise.all([gitlab.close(), slack.close(), backlog.close()]);
  });

  const send = (source: Pick<Connected, 'webhook_path'>, { body, headers }: Sent, query = '') =>
    request(test.address).post(`${source.webhook_path}${query}`).set(headers).send(body);
  const stored = (source: Connected) => storedDocuments(test, source.source_id);
  const idle = (source: Connected) => synced(owner, source.source_id);
  const messageEvent = (channel: string, message: object) =>
    slack.event({ channel: slack.channel(channel).id, channel_type: 'channel', ...message });

  it('R57: takes an event of Slack once, however often it is sent, and follows edits and deletions', async () => {
    const source = await connectSlack(owner, slack, { name: 'Slack', webhook_secret: slack.signingSecret });
    await idle(source);
    const message = slack.post('general', 'The pelican has landed.');
    const event = messageEvent('general', message);
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(source, event).expect(200)));
    expect(answers.filter(({ body }) => body.accepted)).toHaveLength(1);
    await until(async () => (await stored(source)).length === 1);
    expect(await stored(source)).toMatchObject([{ kind: 'message', author: 'Ada Lovelace' }]);

    slack.post('general', 'Which pelican?', { user: 'U02', thread: message.ts });
    const reply = { type: 'message', ts: '1.2', thread_ts: message.ts };
    await send(source, messageEvent('general', reply)).expect(200, { accepted: true });
    await until(async () => (await stored(source))[0]?.kind === 'thread');

    slack.delete('general', message.ts);
    const gone = { type: 'message', subtype: 'message_deleted', deleted_ts: message.ts, previous_message: message };
    await send(source, messageEvent('general', gone)).expect(200, { accepted: true });
    await until(async () => (await stored(source)).length === 0);
    expect(await idle(source)).toMatchObject({ mode: 'events', trigger: 'webhook', counts: { removed: 1 } });
  });

  it('R57: refuses what is forged, replayed or for a source that is not there, all in the same words', async () => {
    const source = await connectSlack(owner, slack, { name: 'Forged', webhook_secret: slack.signingSecret });
    const bare = await connectSlack(owner, slack, { name: 'No secret' });
    await Promise.all([idle(source), idle(bare)]);
    const event = messageEvent('general', slack.post('general', 'Never to be read'));
    const old = slack.event({ type: 'message' }, { at: new Date(Date.now() - 301_000) });
    const tries: [{ webhook_path: string }, Sent][] = [
      [source, { ...event, body: event.body.replace('Never', 'Always') }],
      [source, { ...event, headers: { ...event.headers, 'x-slack-signature': 'v0=00' } }],
      [source, { ...event, headers: { 'content-type': 'application/json' } }],
      [source, old],
      [bare, event],
      [{ webhook_path: '/api/v1/webhooks/slack/src_00000000000000000000000000' }, event],
      [{ webhook_path: source.webhook_path.replace('slack', 'gitlab') }, event],
    ];
    const answers = [];
    for (const [to, sent] of tries) answers.push((await send(to, sent).expect(401)).body);
    expect(new Set(answers.map(({ type, title, detail }) => JSON.stringify([type, title, detail]))).size).toBe(1);
    expect(answers[0].type).toBe('/problems/webhook-refused');
    expect(await stored(source)).toEqual([]);
  });

  it('answers the challenge of Slack', async () => {
    const source = await connectSlack(owner, slack, { name: 'Challenge', webhook_secret: slack.signingSecret });
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 'x' });
    await send(source, { body, headers: slack.signed(body) }).expect(200, { challenge: 'abc' });
  });

  it('R57: takes GitLab’s events by token or signature, each once', async () => {
    for (const secret of ['a-secret-token', `whsec_${Buffer.alloc(32, 9).toString('base64')}`]) {
      const source = await connectGitLab(owner, gitlab, { name: `GitLab ${secret.length}`, webhook_secret: secret });
      await idle(source);
      const issue = gitlab.project('acme/shop').issues[0]!;
      gitlab.change(issue, { title: `Now with ${secret.length} herons` });
      const event = { object_kind: 'issue', project: { id: 11 }, object_attributes: { iid: issue.iid } };
      const sent = gitlab.webhook(secret, event);
      await send(source, sent).expect(200, { accepted: true });
      await send(source, sent).expect(200, { accepted: false });
      await send(source, gitlab.webhook(secret.replace('C', 'D').replace('secret', 'wrong'), event)).expect(401);
      await until(async () => (await stored(source)).some(({ title }) => title === issue.title));
    }
  });

  it('R57: takes Backlog’s events with the secret in their address', async () => {
    const source = await connectBacklog(owner, backlog, { name: 'Backlog', webhook_secret: 'in-the-address' });
    await idle(source);
    const issue = backlog.add('WEB', { summary: 'Herons again' });
    const sent = backlog.webhook('WEB', 1, { id: issue.id, key_id: issue.keyId });
    await send(source, sent, '?secret=wrong').expect(401);
    await send(source, sent).expect(401);
    await send(source, sent, '?secret=in-the-address').expect(200, { accepted: true });
    await send(source, sent, '?secret=in-the-address').expect(200, { accepted: false });
    await until(async () => (await stored(source)).some(({ title }) => title === 'Herons again'));
  });

  it('R57: answers at once while the platform is slow, and while everything is being read', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Slow', webhook_secret: 'slow' });
    await idle(source);
    gitlab.failNext({ matching: /issues/, delayMs: 1500 });
    const { body: sync } = await owner.post(`/sources/${source.source_id}/sync`, { mode: 'full' }).expect(202);
    const issue = gitlab.add('acme/shop', 'issues', { title: 'Came in between' });
    const started = performance.now();
    const event = { object_kind: 'issue', project: { id: 11 }, object_attributes: { iid: issue.iid } };
    await send(source, gitlab.webhook('slow', event)).expect(200, { accepted: true });
    expect(performance.now() - started).toBeLessThan(3000);
    const ended = await synced(owner, source.source_id, sync.job_id as string);
    expect(ended).toMatchObject({ state: 'succeeded', counts: { events: 1 } });
    expect((await stored(source)).filter(({ title }) => title === 'Came in between')).toHaveLength(1);
  });

  it('follows nothing while the source is paused, and catches up after that', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Paused', webhook_secret: 'paused' });
    await idle(source);
    await owner.post(`/sources/${source.source_id}/pause`).expect(200);
    const issue = gitlab.add('acme/shop', 'issues', { title: 'While it was paused' });
    const event = { object_kind: 'issue', project: { id: 11 }, object_attributes: { iid: issue.iid } };
    await send(source, gitlab.webhook('paused', event)).expect(200, { accepted: false });
    await owner.post(`/sources/${source.source_id}/resume`).expect(200);
    await until(async () => (await stored(source)).some(({ title }) => title === 'While it was paused'));
  });

  it('gives events up that cannot be followed, and reads everything instead', async () => {
    const source = await connectGitLab(owner, gitlab, { name: 'Given up', webhook_secret: 'given-up' });
    await idle(source);
    const issue = gitlab.add('acme/shop', 'issues', { title: 'Found at last' });
    gitlab.failNext({ status: 401, body: {} });
    const event = { object_kind: 'issue', project: { id: 11 }, object_attributes: { iid: issue.iid } };
    await send(source, gitlab.webhook('given-up', event)).expect(200, { accepted: true });
    await until(async () => (await idle(source)).state === 'failed');
    const { body } = await owner.post(`/sources/${source.source_id}/sync`, {}).expect(202);
    expect(await synced(owner, source.source_id, body.job_id as string)).toMatchObject({
      mode: 'full',
      counts: { created: 1 },
    });
  });
});
