'use client';

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { api, ask } from '@/lib/api/client';
import { announceChange, onChangeElsewhere } from './other-tabs';

const messagesPerPage = 30;

/** A conversation and its messages, oldest first, kept true while other tabs and devices use it as well. */
export function useConversation(conversationId: string | undefined) {
  const client = useQueryClient();
  const enabled = conversationId !== undefined;
  const path = { conversation_id: conversationId ?? '' };
  const conversation = useQuery({
    queryKey: ['conversation', conversationId],
    queryFn: () => ask(api.GET('/api/v1/conversations/{conversation_id}', { params: { path } })),
    enabled,
    staleTime: 0,
    refetchInterval: 20_000,
  });
  const messages = useInfiniteQuery({
    queryKey: ['messages', conversationId],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/conversations/{conversation_id}/messages', {
          params: { path, query: { limit: messagesPerPage, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    enabled,
    staleTime: 0,
  });
  const refresh = useCallback(
    () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['conversation', conversationId] }),
        client.invalidateQueries({ queryKey: ['messages', conversationId] }),
        client.invalidateQueries({ queryKey: ['conversations'] }),
      ]),
    [client, conversationId],
  );
  /** Reads again, and lets the other tabs do so. */
  const changed = useCallback(() => {
    if (conversationId !== undefined) announceChange(conversationId);
    return refresh();
  }, [conversationId, refresh]);
  useEffect(
    () =>
      onChangeElsewhere((id) => {
        if (id === conversationId) void refresh();
      }),
    [conversationId, refresh],
  );
  useFreshMessages(conversation.data, refresh);
  const stored = messages.data?.pages.toReversed().flatMap(({ items }) => items);
  return { conversation, messages, stored, changed };
}

/** The conversation is looked at again from time to time; its messages only when it has changed. */
function useFreshMessages(conversation: { updated_at: string } | undefined, refresh: () => Promise<unknown>): void {
  const [seen, setSeen] = useState<string>();
  const updated = conversation?.updated_at;
  useEffect(() => {
    if (updated === undefined || updated === seen) return;
    setSeen(updated);
    if (seen !== undefined) void refresh();
  }, [updated, seen, refresh]);
}
