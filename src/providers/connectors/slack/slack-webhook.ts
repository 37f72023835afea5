import type { WebhookAnswer, WebhookRequest } from '../connector.js';
import { header, hmacSha256, isRecent, jsonBody, sameText } from '../webhook-signatures.js';
import { externalIdOf } from './slack-documents.js';
import type { SlackChange } from './slack-session.js';

interface SlackEvent {
  readonly type?: string;
  readonly subtype?: string;
  readonly channel?: string;
  readonly channel_type?: string;
  readonly ts?: string;
  readonly thread_ts?: string;
  readonly deleted_ts?: string;
  readonly message?: SlackEventMessage;
  readonly previous_message?: SlackEventMessage;
}

interface SlackEventMessage {
  readonly ts?: string;
  readonly thread_ts?: string;
  readonly files?: readonly { readonly id?: string }[];
}

/** Slack signs `v0:time:body`; what is older than five minutes may be a replay. */
export function slackWebhook(request: WebhookRequest, signingSecret: string): WebhookAnswer {
  const time = header(request, 'x-slack-request-timestamp');
  if (!isRecent(time, request.receivedAt))
    return { kind: 'refused', reason: 'its time is missing or too far from ours' };
  const expected = `v0=${hmacSha256(signingSecret, `v0:${time}:`, request.body).toString('hex')}`;
  if (!sameText(header(request, 'x-slack-signature'), expected))
    return { kind: 'refused', reason: 'its signature is wrong' };
  const body = jsonBody(request);
  if (body?.type === 'url_verification') return { kind: 'challenge', reply: String(body.challenge) };
  if (typeof body?.event_id !== 'string') return { kind: 'refused', reason: 'it is no event' };
  return { kind: 'event', eventId: body.event_id.slice(0, 200), changes: changesOf(body.event ?? {}) };
}

function changesOf(event: SlackEvent): SlackChange[] {
  const { type, channel, channel_type: channelType = 'channel' } = event;
  if (type !== 'message' || typeof channel !== 'string' || !['channel', 'group'].includes(channelType)) return [];
  const change = event.deleted_ts === undefined ? changed(event, channel) : deleted(event, channel);
  return change ? [change] : [];
}

function changed({ message, ts, thread_ts: thread }: SlackEvent, channel: string): SlackChange | undefined {
  const root = message ? (message.thread_ts ?? message.ts) : (thread ?? ts);
  return typeof root === 'string' ? { channel, ts: root } : undefined;
}

/** The rest of a thread stays when one reply of it goes, and a thread stays when only its first message goes. */
function deleted({ previous_message: previous, deleted_ts: ts }: SlackEvent, channel: string): SlackChange {
  const files = (previous?.files ?? []).flatMap(({ id }) => (id === undefined ? [] : [id]));
  const gone = files.map((id) => `${externalIdOf(channel, ts!)}/${id}`);
  return { channel, ts: previous?.thread_ts ?? ts!, gone };
}
