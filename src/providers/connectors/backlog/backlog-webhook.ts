import type { WebhookAnswer, WebhookRequest } from '../connector.js';
import { jsonBody, sameText } from '../webhook-signatures.js';
import type { BacklogChange } from './backlog-session.js';

interface BacklogEvent {
  readonly id?: number;
  readonly type?: number;
  readonly project?: { readonly id?: number };
  readonly content?: { readonly id?: number; readonly link?: readonly { readonly id?: number }[] };
}

/** Kinds of activities: of issues that were added, changed, commented on, deleted, changed together; and of wikis. */
const issueTypes = new Set([1, 2, 3, 4, 14]);
const wikiTypes = new Set([5, 6, 7]);

/** Backlog signs nothing and sends no header of ours: the secret is a parameter of the address that it calls. */
export function backlogWebhook(request: WebhookRequest, secret: string): WebhookAnswer {
  if (!sameText(request.query.secret, secret)) return { kind: 'refused', reason: 'the secret in its address is wrong' };
  const event = jsonBody(request) as BacklogEvent | undefined;
  if (typeof event?.id !== 'number') return { kind: 'refused', reason: 'it is no event with an id' };
  return { kind: 'event', eventId: String(event.id), changes: changesOf(event) };
}

function changesOf({ type = 0, project, content }: BacklogEvent): BacklogChange[] {
  const part = issueTypes.has(type) ? 'issues' : wikiTypes.has(type) ? 'wikis' : undefined;
  if (part === undefined || typeof project?.id !== 'number') return [];
  const ids = [content?.id, ...(content?.link ?? []).map(({ id }) => id)];
  return ids.flatMap((id) => (typeof id === 'number' ? [{ project: project.id!, part, id }] : []));
}
