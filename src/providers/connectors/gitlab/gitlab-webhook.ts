import type { WebhookAnswer, WebhookRequest } from '../connector.js';
import { header, hmacSha256, isRecent, jsonBody, sameText } from '../webhook-signatures.js';
import type { GitLabChange } from './gitlab-session.js';

interface GitLabEvent {
  readonly object_kind?: string;
  readonly project?: { readonly id?: number };
  readonly object_attributes?: { readonly iid?: number; readonly slug?: string };
  readonly issue?: { readonly iid?: number };
  readonly merge_request?: { readonly iid?: number };
}

/**
 * A secret of the form `whsec_…` is a signing token: GitLab signs `id.time.body` with it as Standard Webhooks says. Any
 * other is a secret token, which GitLab sends as it is; then only the event’s id tells a replay.
 */
export function gitLabWebhook(request: WebhookRequest, secret: string): WebhookAnswer {
  const reason = secret.startsWith('whsec_') ? signatureFault(request, secret) : tokenFault(request, secret);
  if (reason !== undefined) return { kind: 'refused', reason };
  const eventId =
    header(request, 'webhook-id') ?? header(request, 'idempotency-key') ?? header(request, 'x-gitlab-event-uuid');
  const body = jsonBody(request);
  if (eventId === undefined || body === undefined) return { kind: 'refused', reason: 'it is no event with an id' };
  return { kind: 'event', eventId: eventId.slice(0, 200), changes: changesOf(body) };
}

function tokenFault(request: WebhookRequest, secret: string): string | undefined {
  return sameText(header(request, 'x-gitlab-token'), secret) ? undefined : 'its token is wrong';
}

function signatureFault(request: WebhookRequest, secret: string): string | undefined {
  const id = header(request, 'webhook-id');
  const time = header(request, 'webhook-timestamp');
  if (id === undefined || !isRecent(time, request.receivedAt)) return 'its time is missing or too far from ours';
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = `v1,${hmacSha256(key, `${id}.${time}.`, request.body).toString('base64')}`;
  const signatures = (header(request, 'webhook-signature') ?? '').split(' ');
  return signatures.some((each) => sameText(each, expected)) ? undefined : 'its signature is wrong';
}

function changesOf(event: GitLabEvent): GitLabChange[] {
  const project = event.project?.id;
  const change = typeof project === 'number' ? changeOf(event, project) : undefined;
  return change ? [change] : [];
}

function changeOf(event: GitLabEvent, project: number): GitLabChange | undefined {
  const { object_kind: kind, object_attributes: attributes, issue, merge_request: mergeRequest } = event;
  if (kind === 'push') return { project, part: 'readme' };
  if (kind === 'wiki_page')
    return attributes?.slug === undefined ? undefined : { project, part: 'wiki', slug: attributes.slug };
  const iid = { issue: attributes?.iid, work_item: attributes?.iid, note: issue?.iid }[kind ?? ''];
  if (iid !== undefined) return { project, part: 'issues', iid };
  const requestIid = { merge_request: attributes?.iid, note: mergeRequest?.iid }[kind ?? ''];
  return requestIid === undefined ? undefined : { project, part: 'merge_requests', iid: requestIid };
}
