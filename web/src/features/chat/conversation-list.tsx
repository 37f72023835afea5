'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { MessageSquarePlus } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useState } from 'react';
import { Button } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { ConversationRow } from './conversation-row';

/** One's conversations, the one that changed last first. */
export function ConversationList({
  currentId,
  onNavigate,
}: {
  currentId: string | undefined;
  onNavigate?: () => void;
}) {
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const list = useInfiniteQuery({
    queryKey: ['conversations', { search: wanted }],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/conversations', {
          params: { query: { limit: 30, cursor: pageParam, ...(wanted && { search: wanted }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    placeholderData: (before) => before,
  });
  const conversations = list.data?.pages.flatMap(({ items }) => items);
  return (
    <div className="flex h-full min-h-0 flex-col gap-3">
      <Button asChild className="w-full justify-start">
        <Link href={paths.chat()} prefetch={false} onClick={onNavigate}>
          <MessageSquarePlus /> New conversation
        </Link>
      </Button>
      <SearchField value={search} onChange={setSearch} label="Search conversations" />
      <nav aria-label="Conversations" className="scrollbar-thin -mx-1 min-h-0 flex-1 overflow-y-auto px-1 pb-3">
        {list.isPending && <SkeletonRows rows={6} />}
        {list.error && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
        {conversations?.length === 0 && (
          <p className="px-2 py-4 text-sm text-muted-foreground">
            {wanted ? 'No conversation mentions this.' : 'Your conversations will be here.'}
          </p>
        )}
        {conversations && (
          <ul className="flex flex-col gap-0.5">
            {conversations.map((conversation) => (
              <ConversationRow
                key={conversation.conversation_id}
                conversation={conversation}
                isCurrent={conversation.conversation_id === currentId}
                onNavigate={onNavigate}
              />
            ))}
          </ul>
        )}
        <LoadMore list={list} />
      </nav>
    </div>
  );
}
