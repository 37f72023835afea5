'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { api, ask } from '@/lib/api/client';
import { newId } from '@/lib/new-id';
import { session } from '@/lib/session';
import { newQuestion, type OpeningQuestion, pendingQuestions } from './pending-questions';

/**
 * Begins a conversation with its first question. The question is kept before anything is sent, and the conversation has
 * a key: whatever is reloaded or lost in between, there is one conversation, and it is asked once.
 */
export function useBeginConversation(place: string, onBegun: (conversationId: string) => void) {
  const client = useQueryClient();
  const { mutate, ...state } = useMutation({
    mutationFn: async (question: OpeningQuestion) => {
      const { conversationKey, chatbotId, ...pending } = question;
      const { conversation_id: id } = await ask(
        api.POST('/api/v1/conversations', {
          params: { header: { 'Idempotency-Key': conversationKey } },
          body: chatbotId === undefined ? {} : { chatbot_id: chatbotId },
        }),
      );
      pendingQuestions.keep(id, pending);
      pendingQuestions.forgetOpening(place);
      return id;
    },
    meta: { quiet: true },
    onSuccess: (id) => {
      void client.invalidateQueries({ queryKey: ['conversations'] });
      onBegun(id);
    },
  });
  const begin = useCallback(
    (content: string, chatbotId?: string) => {
      const question = newQuestion(content, { chatbotId, workspaceId: session.workspaceId });
      const opening = { ...question, conversationKey: newId() };
      pendingQuestions.keepOpening(place, opening);
      mutate(opening);
    },
    [mutate, place],
  );
  const retry = useCallback(() => {
    const left = pendingQuestions.opening(place);
    if (left) mutate(left);
  }, [mutate, place]);
  const { reset } = state;
  const discard = useCallback(() => {
    pendingQuestions.forgetOpening(place);
    reset();
  }, [reset, place]);
  // What a reload has interrupted.
  useEffect(retry, [retry]);
  return { begin, retry, discard, opening: state.variables, isPending: state.isPending, error: state.error };
}
