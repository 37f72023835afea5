'use client';

import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { api, ask } from '@/lib/api/client';
import { type ApiProblem, asProblem } from '@/lib/api/problem';
import { newId } from '@/lib/new-id';
import { session } from '@/lib/session';
import { chatSocket } from '@/lib/socket/socket';
import { drafts } from './drafts';
import { newQuestion, type PendingQuestion, pendingQuestions } from './pending-questions';
import { hasEnded } from './run-progress';
import { isStored, transcriptOf } from './transcript';
import { useConversation } from './use-conversation';
import { useRuns } from './use-runs';

/** One conversation as a page uses it: what it shows, and what can be done in it. */
export function useThread(conversationId: string) {
  const { conversation, messages, stored, changed } = useConversation(conversationId);
  const [begun, setBegun] = useState<readonly string[]>([]);
  const began = useCallback((runId: string) => setBegun((before) => [...new Set([...before, runId])]), []);
  const { pending, refusal, send, discard, retry } = useAsking(conversationId, began, changed);
  const activeRunId = conversation.data?.active_run_id ?? undefined;
  const runIds = useMemo(
    () => [...new Set([...begun, ...(activeRunId === undefined ? [] : [activeRunId])])],
    [begun, activeRunId],
  );
  const live = useRuns(runIds, session.workspaceId, changed);

  useEffect(() => {
    if (pending && stored && isStored(stored, pending)) discard();
  }, [pending, stored, discard]);

  const regenerate = useMutation({
    mutationFn: (messageId: string) =>
      ask(
        api.POST('/api/v1/messages/{message_id}/regenerate', {
          params: { path: { message_id: messageId } },
          body: { wait_ms: 0 },
        }),
      ),
    onSuccess: ({ run_id }) => {
      began(run_id);
      void changed();
    },
  });
  const running = live.find((progress) => !hasEnded(progress));
  const items = transcriptOf(stored ?? [], pending, live);
  return {
    conversation,
    messages,
    stored,
    items,
    /** The run that is under way, and what it may be asking. */
    running,
    isBusy:
      (running !== undefined && running.interrupt === undefined) ||
      (pending !== undefined && refusal === undefined && pending.runId === undefined),
    refusal,
    send,
    discard,
    retry,
    regenerate,
    changed,
  };
}

/** Sends a question until the service has it, over reloads and lost connections. */
function useAsking(conversationId: string, began: (runId: string) => void, changed: () => Promise<unknown>) {
  const [pending, setPending] = useState<PendingQuestion>();
  const [refusal, setRefusal] = useState<ApiProblem>();
  const deliver = useCallback(
    async (question: PendingQuestion) => {
      const { id, content, chatbotId, workspaceId } = question;
      setPending(question);
      setRefusal(undefined);
      try {
        const place = { conversation_id: conversationId, chatbot_id: chatbotId, workspace_id: workspaceId };
        const runId = await chatSocket.say({ type: 'chat', id, content, ...place });
        // The service has stored it: from here on a reload reads it from the conversation.
        pendingQuestions.forget(conversationId);
        setPending({ ...question, runId });
        if (runId !== undefined) began(runId);
      } catch (error) {
        // Nobody wants a refused question to be asked by itself an hour later; its text is kept to be sent again.
        pendingQuestions.forget(conversationId);
        drafts.keep(conversationId, content);
        setRefusal(asProblem(error));
      }
      void changed();
    },
    [conversationId, began, changed],
  );
  const send = useCallback(
    (content: string) => {
      const question = newQuestion(content, { workspaceId: session.workspaceId });
      pendingQuestions.keep(conversationId, question);
      void deliver(question);
    },
    [conversationId, deliver],
  );
  const discard = useCallback(() => {
    pendingQuestions.forget(conversationId);
    setPending(undefined);
    setRefusal(undefined);
  }, [conversationId]);
  const retry = useCallback(() => {
    drafts.keep(conversationId, '');
    if (pending) void deliver(pending);
  }, [conversationId, pending, deliver]);
  // What a reload, or the page that began the conversation, has left unsent.
  useEffect(() => {
    const left = pendingQuestions.of(conversationId);
    if (left) void deliver(left);
  }, [conversationId, deliver]);
  return { pending, refusal, send, discard, retry };
}

/** Stops a run; resolves once the service has been told. */
export function stopRun(runId: string): Promise<unknown> {
  return chatSocket.say({ type: 'cancel', id: newId(), run_id: runId, workspace_id: session.workspaceId });
}

/** Answers what a run asks. */
export function answerInterrupt(runId: string, interruptId: string, value: string): Promise<unknown> {
  const request = { run_id: runId, interrupt_id: interruptId, value, workspace_id: session.workspaceId };
  return chatSocket.say({ type: 'respond', id: newId(), ...request });
}
