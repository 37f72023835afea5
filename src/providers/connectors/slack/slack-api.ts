import { type WebAPICallResult, WebAPIPlatformError, WebAPIRequestError, WebClient } from '@slack/web-api';
import type { MessageElement } from '@slack/web-api/dist/types/response/ConversationsHistoryResponse.js';
import type { ClientFetch } from '../connector-http.js';
import { ConnectorRefused, NotThere, PlatformStumbled } from '../errors.js';

export type SlackMessage = MessageElement;

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isMember: boolean;
}

export interface SlackTeam {
  /** Ends with a slash. */
  readonly url: string;
  readonly name: string;
  readonly user: string;
}

const notThere = new Set([
  'channel_not_found',
  'not_in_channel',
  'thread_not_found',
  'message_not_found',
  'is_archived',
]);
const tokenFaults: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know this token.',
  not_authed: 'Slack does not know this token.',
  account_inactive: 'The token belongs to a user or a workspace that was deleted or deactivated.',
  token_revoked: 'The token was revoked.',
  token_expired: 'The token has expired.',
  no_permission: 'The token’s workspace does not let it do this.',
  org_login_required: 'The workspace is being moved to another organisation.',
  ekm_access_denied: 'The organisation’s administrators have suspended access.',
  not_allowed_token_type: 'This type of token cannot read messages: use a bot or user token (xoxb-… or xoxp-…).',
};

const pageSize = 200;

/** The calls of Slack's Web API that reading takes. */
export class SlackApi {
  private readonly client: WebClient;

  constructor(token: string, apiUrl: string, fetch: ClientFetch) {
    this.client = new WebClient(token, {
      slackApiUrl: apiUrl,
      allowAbsoluteUrls: false,
      fetch,
      // Waits and repetitions are the fetch's business, which ends when the sync does.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: quiet,
    });
  }

  async team(): Promise<SlackTeam> {
    const { url, team = '', user = '' } = await this.call(this.client.auth.test());
    return { url: url ?? 'https://slack.com/', name: team, user };
  }

  /** Public channels, and with `isPrivate` the private ones that we are in. */
  async channels(includePrivate: boolean): Promise<SlackChannel[]> {
    const types = includePrivate ? 'public_channel,private_channel' : 'public_channel';
    const channels: SlackChannel[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = await this.call(
        this.client.conversations.list({ types, exclude_archived: true, limit: pageSize, cursor }),
      );
      channels.push(...(page.channels ?? []).flatMap((each) => channelOf(each) ?? []));
      cursor = nextCursor(page);
    }
    return channels;
  }

  /** Undefined for conversations between a few people. */
  async channel(id: string): Promise<SlackChannel | undefined> {
    const { channel } = await this.call(this.client.conversations.info({ channel: id }));
    if (channel?.is_im || channel?.is_mpim) return undefined;
    return channel && channelOf(channel);
  }

  /** Messages before `before` and after `after`, the newest first. */
  async history(
    channel: string,
    { before, after }: { before?: string | undefined; after?: string | undefined },
  ): Promise<{ messages: SlackMessage[]; hasMore: boolean }> {
    const page = await this.call(
      this.client.conversations.history({
        channel,
        limit: pageSize,
        ...(before !== undefined && { latest: before }),
        ...(after !== undefined && { oldest: after }),
      }),
    );
    return { messages: page.messages ?? [], hasMore: page.has_more ?? false };
  }

  /** A message with its replies, the oldest first. */
  async thread(channel: string, ts: string): Promise<SlackMessage[]> {
    const messages = new Map<string, SlackMessage>();
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = await this.call(this.client.conversations.replies({ channel, ts, limit: pageSize, cursor }));
      // Every page begins with the parent.
      for (const message of (page.messages ?? []) as SlackMessage[]) messages.set(message.ts ?? '', message);
      cursor = nextCursor(page);
    }
    return [...messages.values()];
  }

  /** Names by the ids of users. */
  async people(): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = await this.call(this.client.users.list({ limit: pageSize, cursor }));
      for (const user of page.members ?? []) names.set(user.id ?? '', nameOf(user));
      cursor = nextCursor(page);
    }
    return names;
  }

  async person(id: string): Promise<string> {
    const { user } = await this.call(this.client.users.info({ user: id }));
    return user ? nameOf(user) : id;
  }

  private async call<Result extends WebAPICallResult>(result: Promise<Result>): Promise<Result> {
    try {
      return await result;
    } catch (error) {
      throw meant(error);
    }
  }
}

interface ChannelFields {
  readonly id?: string;
  readonly name?: string;
  readonly is_private?: boolean;
  readonly is_member?: boolean;
}

function channelOf({ id, name, is_private: isPrivate, is_member: isMember }: ChannelFields): SlackChannel | undefined {
  if (id === undefined) return undefined;
  return { id, name: name ?? id, isPrivate: isPrivate ?? false, isMember: isMember ?? false };
}

interface UserFields {
  readonly id?: string;
  readonly name?: string;
  readonly real_name?: string;
  readonly profile?: { readonly display_name?: string; readonly real_name?: string };
}

function nameOf({ id = '', name, real_name, profile }: UserFields): string {
  return [profile?.display_name, profile?.real_name, real_name, name].find(Boolean) ?? id;
}

function nextCursor({ response_metadata }: WebAPICallResult): string | undefined {
  return response_metadata?.next_cursor || undefined;
}

/** What an error of the client says, in our own terms. */
function meant(error: unknown): unknown {
  if (error instanceof WebAPIRequestError) return error.original;
  if (!(error instanceof WebAPIPlatformError)) return error;
  const { error: code, ...data } = error.data as { error: string; needed?: string };
  if (notThere.has(code)) return new NotThere(code);
  if (code === 'missing_scope')
    return new ConnectorRefused(`The token lacks the scope ${data.needed ?? 'that this needs'}.`);
  const fault = tokenFaults[code];
  if (fault !== undefined) return new ConnectorRefused(fault);
  return new PlatformStumbled(`Slack answered with the error ${code}.`);
}

const silence = () => undefined;
/** What matters is thrown; the client's own log may hold texts of messages. */
const quiet = {
  debug: silence,
  info: silence,
  warn: silence,
  error: silence,
  setLevel: silence,
  getLevel: () => 'error' as never,
  setName: silence,
};
