import { describe, expect, it } from '@jest/globals';
import type { SourceConfig } from '../../src/providers/connectors/connector.js';
import { FakeSlack } from '../support/platforms/fake-slack.js';
import { connectorContract, connectorsFor } from './connector.contract.js';

const created = (options = {}) => {
  const slack = new FakeSlack({ messages: 120, ...options });
  slack.shareFile('general', 'plan.txt', 'The plan: sell more pears.');
  return slack;
};
const created1 = new FakeSlack();

connectorContract<FakeSlack>({
  kind: 'slack',
  create: () => created({ restricted: true }),
  config: () => ({}),
  token: created1.token,
  webhookSecret: created1.signingSecret,
  idleRequests: 12,
  expected: (slack) =>
    slack.channels
      .filter(({ is_member: isMember, is_private: isPrivate }) => isMember && !isPrivate)
      .flatMap(({ id, messages }) =>
        messages.flatMap(({ ts, files = [] }) => [
          `${id}/${ts}`,
          ...files.map((file) => `${id}/${ts}/${String(file.id)}`),
        ]),
      ),
  add: (slack, text) => idOf(slack, slack.post('general', text).ts),
  reply: (slack, text) => {
    const { ts } = slack.channel('general').messages.at(-3)!;
    slack.post('general', text, { thread: ts });
    return idOf(slack, ts);
  },
  edit: (slack, text) => {
    const { ts } = slack.channel('general').messages.at(-5)!;
    slack.edit('general', ts, text);
    return idOf(slack, ts);
  },
  added: (slack, text) => {
    const message = slack.post('general', text);
    const event = { ...message, channel: slack.channel('general').id, channel_type: 'channel' };
    return { externalId: idOf(slack, message.ts), webhook: slack.event(event, { id: 'Ev0001' }) };
  },
  remove: (slack) => {
    const { ts } = slack.post('general', 'Soon gone');
    slack.delete('general', ts);
    const channel = slack.channel('general').id;
    const event = { type: 'message', subtype: 'message_deleted', channel, channel_type: 'channel', deleted_ts: ts };
    return { externalId: idOf(slack, ts), webhook: slack.event({ ...event, previous_message: { ts } }) };
  },
});

describe('slack connector', () => {
  it('names people, channels and links as readers know them', async () => {
    const slack = await new FakeSlack().start();
    slack.post('general', 'Ask <@U03> in <#C000001|incidents>: <https://example.com|the page> &amp; more &lt;3', {
      user: 'U02',
    });
    const { documents } = await firstPage(slack, {});
    const { text, author, container, url } = documents[0]!;
    await slack.close();
    expect(text).toBe('Ask @佐藤 健二 in #incidents: the page (https://example.com) & more <3');
    expect([author, container]).toEqual(['Grace Hopper', '#general']);
    expect(url).toMatch(/^https:\/\/acme\.slack\.com\/archives\/C000000\/p\d{16}$/);
  });

  it('reads private channels only when they are named or asked for', async () => {
    const slack = await new FakeSlack().start();
    slack.post('board', 'Not for everybody');
    expect((await firstPage(slack, {})).documents).toEqual([]);
    expect((await firstPage(slack, { channels: ['#board'] })).documents).toHaveLength(1);
    await slack.close();
  });

  it('answers the challenge, and refuses what is signed wrong or older than five minutes', async () => {
    const slack = new FakeSlack();
    const connector = await connectorsFor(slack).of('slack');
    const body = JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1a' });
    const ask = (headers: Record<string, string>, receivedAt = new Date()) =>
      connector.webhook({ body: Buffer.from(body), headers, query: {}, receivedAt }, slack.signingSecret);
    expect(ask(slack.signed(body))).toEqual({ kind: 'challenge', reply: '3eZbrw1a' });
    expect(ask(slack.signed(`${body} `))).toMatchObject({ kind: 'refused' });
    expect(ask(slack.signed(body), new Date(Date.now() + 301_000))).toMatchObject({ kind: 'refused' });
    expect(ask(slack.signed(body, new Date(Date.now() + 310_000)))).toMatchObject({ kind: 'refused' });
  });

  it('says which scope is missing', async () => {
    const slack = await new FakeSlack().start();
    slack.failNext({ status: 200, body: { ok: false, error: 'missing_scope', needed: 'channels:history' } });
    await expect(firstPage(slack, {})).rejects.toThrow('The token lacks the scope channels:history.');
    await slack.close();
  });
});

async function firstPage(slack: FakeSlack, config: SourceConfig) {
  const connector = await connectorsFor(slack).of('slack');
  const session = connector.open({
    config: connector.configure(config) as SourceConfig,
    secret: { token: slack.token },
    signal: new AbortController().signal,
    onWait: () => undefined,
    patienceSeconds: 5,
  });
  for await (const page of session.sync({ mode: 'full' })) return page;
  throw new Error('There is no page.');
}

function idOf(slack: FakeSlack, ts: string): string {
  return `${slack.channel('general').id}/${ts}`;
}
