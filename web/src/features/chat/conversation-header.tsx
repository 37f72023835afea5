'use client';

import { useQuery } from '@tanstack/react-query';
import { MessageSquarePlus, PanelLeft } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { api, ask } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { ConversationList } from './conversation-list';
import { RenameField } from './rename-field';

/** The conversation's title, which a click changes; on a narrow window also the way to the others. */
export function ConversationHeader({ conversationId }: { conversationId: string | undefined }) {
  const [isChoosing, setChoosing] = useState(false);
  const [isRenaming, setRenaming] = useState(false);
  const { data: conversation } = useQuery({
    queryKey: ['conversation', conversationId],
    queryFn: () =>
      ask(
        api.GET('/api/v1/conversations/{conversation_id}', {
          params: { path: { conversation_id: conversationId ?? '' } },
        }),
      ),
    enabled: conversationId !== undefined,
  });
  return (
    <div className="sticky top-14 z-20 flex h-12 items-center gap-2 border-b bg-background/90 px-3 backdrop-blur md:px-4">
      <Sheet
        side="left"
        title="Conversations"
        open={isChoosing}
        onOpenChange={setChoosing}
        className="w-80"
        trigger={
          <Button variant="ghost" size="icon-small" className="lg:hidden" aria-label="Conversations">
            <PanelLeft />
          </Button>
        }
      >
        <ConversationList currentId={conversationId} onNavigate={() => setChoosing(false)} />
      </Sheet>
      <h1 className="min-w-0 flex-1 truncate font-medium">
        {isRenaming && conversation ? (
          <RenameField conversation={conversation} onDone={() => setRenaming(false)} />
        ) : conversation ? (
          <button
            type="button"
            title="Rename"
            onClick={() => setRenaming(true)}
            className="-mx-1.5 max-w-full truncate rounded px-1.5 py-0.5 hover:bg-muted"
          >
            {conversation.title}
          </button>
        ) : conversationId === undefined ? (
          'New conversation'
        ) : (
          <span className="sr-only">Conversation</span>
        )}
      </h1>
      {conversationId !== undefined && (
        <Button asChild variant="ghost" size="icon-small" className="lg:hidden">
          <Link href={paths.chat()} prefetch={false} aria-label="New conversation">
            <MessageSquarePlus />
          </Link>
        </Button>
      )}
    </div>
  );
}
