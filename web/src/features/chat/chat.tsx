'use client';

import { useSearchParams } from 'next/navigation';
import { ConversationHeader } from './conversation-header';
import { ConversationList } from './conversation-list';
import { NewConversation } from './new-conversation';
import { Thread } from './thread';

/** The chat: `?id=` is a conversation, `?ask=` a question to begin one with. */
export function Chat() {
  const search = useSearchParams();
  const conversationId = search.get('id') ?? undefined;
  const question = search.get('ask')?.trim() || undefined;
  return (
    <div className="flex">
      <aside
        aria-label="Conversations"
        className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-64 shrink-0 border-r px-3 pt-3 lg:block"
      >
        <ConversationList currentId={conversationId} />
      </aside>
      <div className="flex min-h-[calc(100dvh-3.5rem)] min-w-0 flex-1 flex-col">
        <ConversationHeader conversationId={conversationId} />
        {conversationId === undefined ? (
          <NewConversation question={question} />
        ) : (
          <Thread key={conversationId} conversationId={conversationId} />
        )}
      </div>
    </div>
  );
}
