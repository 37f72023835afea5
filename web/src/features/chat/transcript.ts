import { type Answer, answerOf } from './answer';
import type { PendingQuestion } from './pending-questions';
import { hasEnded, type RunProgress } from './run-progress';

/** As much of a stored message as the transcript needs. */
interface StoredMessage {
  readonly message_id: string;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly status: Answer['status'];
  readonly created_at: string;
  readonly run_id?: string;
}

export type TranscriptItem =
  | {
      readonly kind: 'question';
      readonly key: string;
      readonly content: string;
      readonly messageId?: string;
      readonly askedAt?: string;
      /** Not stored yet, as far as this page knows. */
      readonly pending?: PendingQuestion;
    }
  /** `progress` is there for runs that this page has followed, and `answer` once there is one. */
  | { readonly kind: 'answer'; readonly key: string; readonly answer?: Answer; readonly progress?: RunProgress };

/**
 * What a conversation shows: its stored messages, the question that is on its way to the service, and what the runs
 * under way have said so far. Whatever is known twice, from the store and from the socket, is shown once.
 */
export function transcriptOf(
  messages: readonly StoredMessage[],
  pending: PendingQuestion | undefined,
  live: readonly RunProgress[],
): readonly TranscriptItem[] {
  const items = messages.map((message) => itemOf(message, live));
  const asked = pending && !isStored(messages, pending) ? [questionOf(pending)] : [];
  const answered = new Set(
    messages.flatMap(({ role, run_id: runId }) => (role === 'assistant' && runId ? [runId] : [])),
  );
  const underway = live
    .filter((progress) => !answered.has(progress.runId) && (!hasEnded(progress) || progress.answer))
    .map((progress): TranscriptItem => ({
      kind: 'answer',
      key: `answer-${progress.runId}`,
      answer: progress.answer,
      progress,
    }));
  return [...items, ...asked, ...underway];
}

/** Whether the service has the question among its messages. */
export function isStored(messages: readonly StoredMessage[], { runId }: PendingQuestion): boolean {
  return runId !== undefined && messages.some((message) => message.role === 'user' && message.run_id === runId);
}

function itemOf(message: StoredMessage, live: readonly RunProgress[]): TranscriptItem {
  const { message_id, role, run_id: runId = message_id } = message;
  if (role === 'assistant') {
    const progress = live.find((each) => each.runId === runId);
    return { kind: 'answer', key: `answer-${runId}`, answer: answerOf(message), progress };
  }
  const { content, created_at } = message;
  return { kind: 'question', key: `question-${runId}`, content, messageId: message_id, askedAt: created_at };
}

function questionOf(pending: PendingQuestion): TranscriptItem {
  return { kind: 'question', key: `question-${pending.runId ?? pending.id}`, content: pending.content, pending };
}
