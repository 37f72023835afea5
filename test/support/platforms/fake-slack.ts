import { createHmac } from 'node:crypto';
import { people, Writer } from './corpus.js';
import { FakePlatform, type PlatformAnswer, type PlatformRequest, slice } from './fake-platform.js';

export interface FakeMessage {
  type: 'message';
  ts: string;
  user: string;
  text: string;
  team: string;
  client_msg_id: string;
  thread_ts?: string;
  reply_count?: number;
  latest_reply?: string;
  subtype?: string;
  edited?: { user: string; ts: string };
  files?: Record<string, unknown>[];
}

interface FakeChannel {
  readonly id: string;
  readonly name: string;
  readonly is_private: boolean;
  is_member: boolean;
  /** Without replies, the oldest first. */
  messages: FakeMessage[];
  readonly replies: Map<string, FakeMessage[]>;
}

export interface FakeSlackOptions {
  readonly messages?: number;
  readonly seed?: number;
  /** As for apps outside the Marketplace: at most fifteen messages at once. */
  readonly restricted?: boolean;
}

const team = { id: 'T0ACME', name: 'Acme', url: 'https://acme.slack.com/' };
const begin = Date.parse('2026-01-05T08:00:00Z') / 1000;

/** A Slack workspace with channels full of messages, threads and files. */
export class FakeSlack extends FakePlatform {
  readonly token = 'xoxb-fake-token';
  readonly signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';
  readonly channels: FakeChannel[] = [];
  private readonly files = new Map<string, string>();
  private readonly writer: Writer;
  private time = begin;
  private count = 0;

  constructor(private readonly options: FakeSlackOptions = {}) {
    super();
    this.writer = new Writer(options.seed ?? 1);
    const names = ['general', 'incidents', 'warehouse', 'finance'];
    names.forEach((name, index) => this.addChannel(`C00000${index}`, name));
    this.addChannel('C00PRIV', 'board', { isPrivate: true });
    this.addChannel('C00AWAY', 'random', { isMember: false });
    for (let index = 0; index < (options.messages ?? 0); index += 1) this.write(index);
  }

  /** What the service is told the API's address is. */
  get apiUrl(): string {
    return `${this.address}/api/`;
  }

  channel(name: string): FakeChannel {
    return this.channels.find((channel) => channel.name === name)!;
  }

  post(
    channelName: string,
    text: string,
    { user = 'U01', thread }: { user?: string; thread?: string } = {},
  ): FakeMessage {
    const channel = this.channel(channelName);
    const message = this.message(user, text);
    if (thread === undefined) {
      channel.messages.push(message);
      return message;
    }
    const parent = channel.messages.find(({ ts }) => ts === thread)!;
    const replies = channel.replies.get(thread) ?? [];
    replies.push({ ...message, thread_ts: thread });
    channel.replies.set(thread, replies);
    Object.assign(parent, { thread_ts: thread, reply_count: replies.length, latest_reply: message.ts });
    return replies.at(-1)!;
  }

  edit(channelName: string, ts: string, text: string): void {
    const all = this.channel(channelName);
    const message = [...all.messages, ...[...all.replies.values()].flat()].find((each) => each.ts === ts)!;
    Object.assign(message, { text, edited: { user: message.user, ts: this.nextTime() } });
  }

  delete(channelName: string, ts: string): void {
    const channel = this.channel(channelName);
    channel.messages = channel.messages.filter((message) => message.ts !== ts);
  }

  shareFile(channelName: string, name: string, content: string): FakeMessage {
    const message = this.post(channelName, `Here is ${name}`);
    const id = `F${String(this.files.size).padStart(6, '0')}`;
    this.files.set(id, content);
    const address = () => `${this.address}/files-pri/${team.id}-${id}/download/${name}`;
    const file = {
      id,
      name,
      title: name,
      mimetype: 'text/plain',
      size: content.length,
      created: Math.floor(Number(message.ts)),
      permalink: `${team.url}files/U01/${id}/${name}`,
      get url_private_download() {
        return address();
      },
    };
    message.files = [file];
    message.subtype = 'file_share';
    return message;
  }

  /** An event as Slack's Events API sends it, with the headers that it signs with. */
  event(event: Record<string, unknown>, { at = new Date(), id = `Ev${(this.count += 1)}` } = {}) {
    const body = JSON.stringify({
      token: 'old',
      team_id: team.id,
      type: 'event_callback',
      event_id: id,
      event_time: Math.floor(at.getTime() / 1000),
      event,
    });
    return { body, headers: this.signed(body, at) };
  }

  signed(body: string, at = new Date()): Record<string, string> {
    const time = String(Math.floor(at.getTime() / 1000));
    const signature = createHmac('sha256', this.signingSecret).update(`v0:${time}:${body}`).digest('hex');
    return {
      'content-type': 'application/json',
      'x-slack-request-timestamp': time,
      'x-slack-signature': `v0=${signature}`,
    };
  }

  protected override respond(request: PlatformRequest): PlatformAnswer {
    const file = /^\/files-pri\/[^-]+-(F\d+)\//.exec(request.path)?.[1];
    const isKnown = request.headers.authorization === `Bearer ${this.token}`;
    if (file !== undefined)
      return isKnown ? { body: this.files.get(file) } : { status: 302, headers: { location: '/' }, body: '' };
    if (!isKnown) return { body: { ok: false, error: 'invalid_auth' } };
    const answer = this.methods[request.path.replace('/api/', '')]?.(request.query);
    return { body: answer ?? { ok: false, error: 'unknown_method' } };
  }

  private readonly methods: Readonly<Record<string, (query: URLSearchParams) => Record<string, unknown>>> = {
    'auth.test': () => ({
      ok: true,
      url: team.url,
      team: team.name,
      user: 'tabletalk',
      team_id: team.id,
      user_id: 'U0BOT',
      bot_id: 'B0BOT',
    }),
    'users.list': (query) => {
      const page = paged(people.map(userOf), query);
      return { ok: true, members: page.items, cache_ts: 1, response_metadata: page.metadata };
    },
    'users.info': (query) => {
      const user = people.map(userOf).find(({ id }) => id === query.get('user'));
      return user ? { ok: true, user } : { ok: false, error: 'user_not_found' };
    },
    'conversations.list': (query) => {
      const types = (query.get('types') ?? 'public_channel').split(',');
      const seen = this.channels.filter((channel) =>
        types.includes(channel.is_private ? 'private_channel' : 'public_channel'),
      );
      const page = paged(seen.map(channelOf), query);
      return { ok: true, channels: page.items, response_metadata: page.metadata };
    },
    'conversations.info': (query) => {
      const channel = this.channels.find(({ id }) => id === query.get('channel'));
      return channel ? { ok: true, channel: channelOf(channel) } : { ok: false, error: 'channel_not_found' };
    },
    'conversations.history': (query) => this.history(query),
    'conversations.replies': (query) => this.replies(query),
  };

  private history(query: URLSearchParams): Record<string, unknown> {
    const channel = this.channels.find(({ id }) => id === query.get('channel'));
    if (!channel) return { ok: false, error: 'channel_not_found' };
    if (!channel.is_member) return { ok: false, error: 'not_in_channel' };
    const latest = Number(query.get('latest') ?? Infinity);
    const oldest = Number(query.get('oldest') ?? 0);
    const limit = Math.min(Number(query.get('limit') ?? 100), this.options.restricted ? 15 : 999);
    const all = channel.messages.filter(({ ts }) => Number(ts) < latest && Number(ts) > oldest).toReversed();
    const messages = all.slice(0, limit);
    const hasMore = all.length > limit;
    const next = Buffer.from(`next_ts:${messages.at(-1)?.ts.replace('.', '')}`).toString('base64');
    return {
      ok: true,
      messages,
      has_more: hasMore,
      pin_count: 0,
      response_metadata: { next_cursor: hasMore ? next : '' },
    };
  }

  private replies(query: URLSearchParams): Record<string, unknown> {
    const channel = this.channels.find(({ id }) => id === query.get('channel'));
    const parent = channel?.messages.find(({ ts }) => ts === query.get('ts'));
    if (!channel?.is_member) return { ok: false, error: 'channel_not_found' };
    if (!parent) return { ok: false, error: 'thread_not_found' };
    const page = paged(channel.replies.get(parent.ts) ?? [], query);
    return {
      ok: true,
      messages: [parent, ...page.items],
      has_more: page.metadata.next_cursor !== '',
      response_metadata: page.metadata,
    };
  }

  private addChannel(id: string, name: string, { isPrivate = false, isMember = true } = {}): void {
    this.channels.push({ id, name, is_private: isPrivate, is_member: isMember, messages: [], replies: new Map() });
  }

  /** One message in fifteen begins a thread, one in ten mentions somebody. */
  private write(index: number): void {
    const { writer } = this;
    const channel = writer.pick(
      this.channels.filter(({ is_member: isMember, is_private: isPrivate }) => isMember && !isPrivate),
    );
    const mention = writer.below(10) === 0 ? `<@U0${writer.person().id}> ` : '';
    const link = writer.below(20) === 0 ? ` See <https://wiki.example.com/${index}|the page> &amp; the log.` : '';
    const { ts } = this.post(channel.name, `${mention}${writer.paragraph()}${link}`, {
      user: `U0${writer.person().id}`,
    });
    const replies = writer.below(15) === 0 ? 1 + writer.below(5) : 0;
    for (let reply = 0; reply < replies; reply += 1)
      this.post(channel.name, writer.sentence(), { user: `U0${writer.person().id}`, thread: ts });
  }

  private message(user: string, text: string): FakeMessage {
    const ts = this.nextTime();
    return { type: 'message', ts, user, text, team: team.id, client_msg_id: `m-${ts}` };
  }

  /** Some minutes after the message before. */
  private nextTime(): string {
    this.time += 30 + this.writer.below(1200);
    return `${this.time}.${String(this.writer.below(1e6)).padStart(6, '0')}`;
  }
}

function paged<Item>(items: readonly Item[], query: URLSearchParams) {
  const begins = query.get('cursor')
    ? Number(Buffer.from(query.get('cursor')!, 'base64').toString('utf8').slice(2))
    : 0;
  const { items: some, next } = slice(items, begins, Number(query.get('limit') ?? 100));
  return {
    items: some,
    metadata: { next_cursor: next === undefined ? '' : Buffer.from(`p:${next}`).toString('base64') },
  };
}

function userOf({ id, login, name }: (typeof people)[number]) {
  return {
    id: `U0${id}`,
    team_id: team.id,
    name: login,
    deleted: false,
    real_name: name,
    profile: { real_name: name, display_name: '' },
    is_bot: false,
  };
}

function channelOf({ id, name, is_private, is_member }: FakeChannel) {
  return {
    id,
    name,
    is_channel: !is_private,
    is_group: is_private,
    is_im: false,
    is_mpim: false,
    is_private,
    is_archived: false,
    is_member,
  };
}
