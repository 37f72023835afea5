import { newId } from '@/lib/new-id';

/**
 * Questions that the service has not confirmed. They live in the tab's session storage: after a reload they are sent
 * again under the same id, which the service answers with the same run.
 */
export interface PendingQuestion {
  /** The client's own id of the question. */
  readonly id: string;
  readonly content: string;
  readonly chatbotId?: string;
  readonly workspaceId?: string;
  /** The run that answers it, once the service has said so. */
  readonly runId?: string;
}

/** A question whose conversation does not exist yet. */
export interface OpeningQuestion extends PendingQuestion {
  /** Makes beginning the conversation again harmless. */
  readonly conversationKey: string;
}

export const pendingQuestions = {
  of: (conversationId: string) => read<PendingQuestion>(keyOf(conversationId)),
  keep: (conversationId: string, question: PendingQuestion) => write(keyOf(conversationId), question),
  forget: (conversationId: string) => sessionStorage.removeItem(keyOf(conversationId)),
  /** `place` is where the conversation is being begun: the chat itself, or a chatbot being tried. */
  opening: (place: string) => read<OpeningQuestion>(openingKeyOf(place)),
  keepOpening: (place: string, question: OpeningQuestion) => write(openingKeyOf(place), question),
  forgetOpening: (place: string) => sessionStorage.removeItem(openingKeyOf(place)),
};

export function newQuestion(
  content: string,
  more: Pick<PendingQuestion, 'chatbotId' | 'workspaceId'>,
): PendingQuestion {
  return { id: newId(), content, ...more };
}

function keyOf(conversationId: string): string {
  return `tabletalk.chat.pending.${conversationId}`;
}

function openingKeyOf(place: string): string {
  return `tabletalk.chat.opening.${place}`;
}

function read<Value>(key: string): Value | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Value);
}

function write(key: string, value: object): void {
  sessionStorage.setItem(key, JSON.stringify(value));
}
