import { type Contribution, isoTime, joined } from '../document-text.js';
import type { SourceDocument } from '../source-document.js';
import type { SlackChannel, SlackMessage, SlackTeam } from './slack-api.js';
import { plainText } from './slack-text.js';

/** Subtypes of messages that somebody wrote; the others tell of joins, renamed channels and the like. */
const writtenSubtypes = new Set(['bot_message', 'file_share', 'me_message', 'thread_broadcast', 'document_mention']);

export function isWritten({ subtype }: SlackMessage): boolean {
  return subtype === undefined || writtenSubtypes.has(subtype);
}

/** A reply that shows up among the channel's messages as well belongs to its thread. */
export function isReply({ ts, thread_ts: thread }: SlackMessage): boolean {
  return thread !== undefined && thread !== ts;
}

export function externalIdOf(channelId: string, ts: string): string {
  return `${channelId}/${ts}`;
}

export type NameOf = (userId: string) => string;

/** A message, with its replies when there are any. Undefined when there is nothing to read in it. */
export function documentOf(
  team: SlackTeam,
  channel: SlackChannel,
  [message, ...replies]: readonly [SlackMessage, ...SlackMessage[]],
  nameOf: NameOf,
): SourceDocument | undefined {
  const written = replies.filter(isWritten);
  const opening = isWritten(message) ? textOf(message, nameOf) : '';
  const { text, parts } = joined(
    opening,
    written.map((reply): Contribution => contributionOf(team, channel, reply, nameOf)),
  );
  if (text === '') return undefined;
  const ts = message.ts!;
  const author = authorOf(message, nameOf);
  const times = [message, ...written].flatMap(({ ts: time, edited }) => [time!, edited?.ts ?? '0']).map(Number);
  return {
    externalId: externalIdOf(channel.id, ts),
    kind: written.length > 0 ? 'thread' : 'message',
    text,
    ...(author !== undefined && { author }),
    url: linkTo(team, channel.id, message),
    createdAt: timeOf(ts),
    updatedAt: isoTime(Math.max(...times) * 1000),
    container: `#${channel.name}`,
    ...(parts && { parts }),
    metadata: {
      channel_id: channel.id,
      ts,
      replies: written.length,
      reactions: Object.fromEntries((message.reactions ?? []).map(({ name = '', count = 0 }) => [name, count])),
    },
  };
}

/** A message's own words; for those of programs, what stands in their attachments. */
export function textOf({ text = '', attachments = [] }: SlackMessage, nameOf: NameOf): string {
  const attached = attachments.flatMap(({ pretext, title, text: body, fallback }) => {
    const lines = [pretext, title, body].filter(Boolean);
    return lines.length > 0 ? lines : [fallback];
  });
  const all = text === '' ? attached : [text];
  return plainText(all.filter(Boolean).join('\n'), nameOf);
}

export function authorOf(
  { user, username, bot_profile: bot, bot_id: botId }: SlackMessage,
  nameOf: NameOf,
): string | undefined {
  return username ?? bot?.name ?? (user === undefined ? botId : nameOf(user));
}

export function timeOf(ts: string): string {
  return isoTime(Number(ts) * 1000);
}

export function linkTo({ url }: SlackTeam, channelId: string, { ts = '', thread_ts: thread }: SlackMessage): string {
  const link = `${url}archives/${channelId}/p${ts.replace('.', '')}`;
  return thread === undefined || thread === ts ? link : `${link}?thread_ts=${thread}&cid=${channelId}`;
}

function contributionOf(team: SlackTeam, channel: SlackChannel, reply: SlackMessage, nameOf: NameOf): Contribution {
  return {
    text: textOf(reply, nameOf),
    author: authorOf(reply, nameOf),
    createdAt: timeOf(reply.ts!),
    url: linkTo(team, channel.id, reply),
  };
}
