import type {
  ConnectionReport,
  ConnectorChange,
  ConnectorCursor,
  ConnectorSession,
  SyncPage,
  SyncRequest,
} from '../connector.js';
import { NotThere, unlessGone } from '../errors.js';
import type { SourceDocument } from '../source-document.js';
import { type SlackApi, type SlackChannel, type SlackMessage, type SlackTeam } from './slack-api.js';
import { documentOf, externalIdOf, isReply, isWritten, timeOf } from './slack-documents.js';
import type { SlackFiles } from './slack-files.js';
import type { SlackPeople } from './slack-people.js';
import { mentionedUsers } from './slack-text.js';

export interface SlackConfig {
  /** Names or ids; none: every public channel that the app is in. */
  readonly channels: readonly string[];
  readonly private_channels: boolean;
  readonly files: boolean;
  /** Days that incremental syncs look back for replies and edits. */
  readonly look_back_days: number;
  readonly [member: string]: unknown;
}

/** Where a sync is, by the ids of channels. */
interface SlackCursor {
  /** The latest message, reply or edit when the sync before began with the channel. */
  readonly since: Readonly<Record<string, string>>;
  /** The same of this sync, which the next one begins at. */
  readonly newest: Readonly<Record<string, string>>;
  /** The channel that is being read, and before which message it goes on; absent: not begun, or done. */
  readonly at?: { readonly channel: string; readonly before?: string; readonly read?: boolean };
}

/** What webhooks tell of: a message or thread to read again, and ids of what is surely gone. */
export type SlackChange = {
  readonly channel: string;
  readonly ts?: string;
  readonly gone?: readonly string[];
};

/** Threads are asked for one by one, and some apps may ask once a minute: what was read is kept that often. */
const threadsPerPage = 10;

export interface SlackParts {
  readonly api: SlackApi;
  readonly people: SlackPeople;
  readonly files: SlackFiles;
}

/** Reads channels from the newest message to the oldest, so that what people ask about is there first. */
export class SlackSession implements ConnectorSession {
  private team: SlackTeam | undefined;
  private readonly channelsById = new Map<string, SlackChannel | undefined>();

  constructor(
    private readonly config: SlackConfig,
    private readonly parts: SlackParts,
  ) {}

  async test(): Promise<ConnectionReport> {
    const team = await this.parts.api.team();
    const all = await this.parts.api.channels(this.includesPrivate());
    const wanted = this.config.channels.length === 0 ? all.filter(({ isMember }) => isMember) : undefined;
    const containers = (wanted ?? this.config.channels).map((each) => {
      const channel = typeof each === 'string' ? all.find((one) => isCalled(one, each)) : each;
      if (!channel)
        return { name: String(each), readable: false, detail: 'There is no such channel, or it is private.' };
      if (channel.isMember) return { name: `#${channel.name}`, readable: true };
      return { name: `#${channel.name}`, readable: false, detail: `Invite the app: /invite @${team.user}` };
    });
    const warnings = containers.some(({ readable }) => readable)
      ? []
      : ['The app is in none of the channels yet, so there is nothing to read.'];
    return { account: `${team.user} in ${team.name}`, containers, warnings };
  }

  async *sync({ mode, cursor }: SyncRequest): AsyncGenerator<SyncPage, void, void> {
    const begin = (cursor ?? { since: {}, newest: {} }) as unknown as SlackCursor;
    const since = mode === 'full' ? {} : begin.since;
    const newest = { ...begin.newest };
    const channels = (await this.channels()).filter(({ id }) => begin.at === undefined || id >= begin.at.channel);
    await this.parts.people.loadAll();
    for (const channel of channels) {
      const at = begin.at?.channel === channel.id ? begin.at : undefined;
      if (at?.read) continue;
      yield* this.channelIfThere(channel, { since, newest, before: at?.before });
    }
    const next: SlackCursor = { since: newest, newest: {} };
    yield { documents: [], deletions: [], cursor: asCursor(next), done: true, progress: 'everything is read' };
  }

  async refresh(changes: readonly ConnectorChange[]): Promise<Pick<SyncPage, 'documents' | 'deletions'>> {
    const documents = new Map<string, SourceDocument>();
    const deletions = new Set<string>();
    const threads = new Map<string, SlackChange>();
    for (const change of changes as unknown as readonly SlackChange[]) {
      for (const id of change.gone ?? []) deletions.add(id);
      if (change.ts !== undefined) threads.set(externalIdOf(change.channel, change.ts), change);
    }
    for (const [externalId, { channel: channelId, ts }] of threads) {
      const channel = await this.readable(channelId);
      const read = channel ? await this.readAgain(channel, ts!) : [];
      if (!read.some((document) => document.externalId === externalId)) deletions.add(externalId);
      for (const document of read) documents.set(document.externalId, document);
    }
    for (const id of documents.keys()) deletions.delete(id);
    return { documents: [...documents.values()], deletions: [...deletions] };
  }

  /** The app may be taken out of a channel while it is being read. */
  private async *channelIfThere(channel: SlackChannel, progress: Progress): AsyncGenerator<SyncPage, void, void> {
    try {
      yield* this.channel(channel, progress);
    } catch (error) {
      if (!(error instanceof NotThere)) throw error;
    }
  }

  private async *channel(
    channel: SlackChannel,
    { since, newest, before: resumed }: Progress,
  ): AsyncGenerator<SyncPage, void, void> {
    const last = since[channel.id];
    const after = last === undefined ? undefined : String(Number(last) - this.config.look_back_days * 86_400);
    for (let before = resumed, hasMore = true; hasMore;) {
      const page = await this.parts.api.history(channel.id, { before, after });
      if (before === undefined) newest[channel.id] = latestOf(page.messages, last);
      ({ hasMore } = page);
      const oldest = page.messages.at(-1)?.ts;
      for (const messages of portions(page.messages)) {
        const documents = await this.documents(channel, messages, last);
        const isEnd = !hasMore && messages.at(-1)?.ts === oldest;
        before = messages.at(-1)?.ts ?? before;
        const at = { channel: channel.id, ...(before !== undefined && { before }), ...(isEnd && { read: true }) };
        const progress = `#${channel.name}, back to ${timeOf(before ?? '0').slice(0, 10)}`;
        const cursor: SlackCursor = { since, newest, at };
        yield { documents, deletions: [], cursor: asCursor(cursor), done: false, progress };
      }
      if (oldest === undefined) return;
    }
  }

  /** Of the messages, what is new or was changed after `since`. */
  private async documents(
    channel: SlackChannel,
    messages: readonly SlackMessage[],
    since: string | undefined,
  ): Promise<SourceDocument[]> {
    const documents: SourceDocument[] = [];
    for (const message of messages) {
      if (isReply(message) || (since !== undefined && !isNewer(message, since))) continue;
      const thread = (message.reply_count ?? 0) > 0 ? await this.parts.api.thread(channel.id, message.ts!) : [message];
      documents.push(...(await this.documentsOf(channel, thread)));
    }
    return documents;
  }

  private async documentsOf(channel: SlackChannel, thread: readonly SlackMessage[]): Promise<SourceDocument[]> {
    const [message, ...replies] = thread;
    if (!message) return [];
    const { people, files } = this.parts;
    const users = thread.flatMap(({ user, text = '' }) => [...(user ? [user] : []), ...mentionedUsers(text)]);
    await people.load(users);
    this.team ??= await this.parts.api.team();
    const document = documentOf(this.team, channel, [message, ...replies], people.nameOf);
    const documents = document ? [document] : [];
    if (!this.config.files) return documents;
    for (const each of thread.filter(isWritten)) documents.push(...(await files.of(channel, each, people.nameOf)));
    return documents;
  }

  private async readAgain(channel: SlackChannel, ts: string): Promise<SourceDocument[]> {
    const read = async () => this.documentsOf(channel, await this.parts.api.thread(channel.id, ts));
    return (await unlessGone(read)) ?? [];
  }

  /** Those that are asked for and can be read, always in the same order. */
  private async channels(): Promise<SlackChannel[]> {
    const all = await this.parts.api.channels(this.includesPrivate());
    return all.filter((channel) => this.isWanted(channel)).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private async readable(id: string): Promise<SlackChannel | undefined> {
    if (!this.channelsById.has(id)) this.channelsById.set(id, await this.find(id));
    return this.channelsById.get(id);
  }

  private async find(id: string): Promise<SlackChannel | undefined> {
    const channel = await unlessGone(() => this.parts.api.channel(id));
    return channel && this.isWanted(channel) ? channel : undefined;
  }

  private isWanted(channel: SlackChannel): boolean {
    if (!channel.isMember) return false;
    if (this.config.channels.length > 0) return this.config.channels.some((name) => isCalled(channel, name));
    return !channel.isPrivate || this.config.private_channels;
  }

  /** A private channel is read when it is named, or all of them are asked for. */
  private includesPrivate(): boolean {
    return this.config.private_channels || this.config.channels.length > 0;
  }
}

interface Progress {
  readonly since: Readonly<Record<string, string>>;
  readonly newest: Record<string, string>;
  readonly before: string | undefined;
}

function isCalled({ id, name }: SlackChannel, wanted: string): boolean {
  return id === wanted || name === wanted.replace(/^#/, '');
}

function isNewer({ ts = '0', edited, latest_reply: reply }: SlackMessage, since: string): boolean {
  return [ts, edited?.ts ?? '0', reply ?? '0'].some((time) => Number(time) > Number(since));
}

/** What happens later has a later time than whatever this snapshot of a channel tells of. */
function latestOf(messages: readonly SlackMessage[], last = '0'): string {
  const times = messages.flatMap(({ ts = '0', edited, latest_reply: reply }) => [ts, edited?.ts ?? '0', reply ?? '0']);
  return times.reduce((latest, time) => (Number(time) > Number(latest) ? time : latest), last);
}

/** Cuts a page behind every tenth thread; an empty page is one portion. */
function portions(messages: readonly SlackMessage[]): (readonly SlackMessage[])[] {
  const all: SlackMessage[][] = [[]];
  let threads = 0;
  for (const message of messages) {
    all.at(-1)!.push(message);
    if ((message.reply_count ?? 0) > 0) threads += 1;
    if (threads < threadsPerPage) continue;
    all.push([]);
    threads = 0;
  }
  return all.length > 1 && all.at(-1)!.length === 0 ? all.slice(0, -1) : all;
}

function asCursor(cursor: SlackCursor): ConnectorCursor {
  return structuredClone(cursor) as unknown as ConnectorCursor;
}
