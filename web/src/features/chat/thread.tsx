'use client';

import { ArrowDown, WifiOff } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { paths } from '@/lib/paths';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AnswerDoings } from './answer-doings';
import { AnswerView } from './answer-view';
import { ChatbotPicker } from './chatbot-picker';
import { Composer } from './composer';
import { QuestionView } from './question-view';
import type { RunProgress } from './run-progress';
import { useChatConnection } from './use-chat-connection';
import { useStickToEnd } from './use-stick-to-end';
import { stopRun, useThread } from './use-thread';

/** The messages of a conversation, what is being said now, and where the next question is typed. */
export function Thread({
  conversationId,
  inPanel = false,
}: {
  conversationId: string;
  /** Scrolls by itself, beside something else, and keeps to its chatbot. */
  inPanel?: boolean;
}) {
  const thread = useThread(conversationId);
  const { conversation, messages, stored, items, running, isBusy, send, changed } = thread;
  const connection = useChatConnection();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { isAway, jump } = useStickToEnd(content, scroller);
  const doings = useDoings(conversationId, thread);
  const stop = useStop(running, isBusy);
  const pickChatbot = usePickChatbot(conversationId);
  const askNow = (question: string) => {
    jump();
    send(question);
  };
  if (conversation.error && !conversation.data) {
    return (
      <div className="mx-auto w-full max-w-3xl p-6">
        <ProblemNote error={conversation.error} onRetry={() => void conversation.refetch()} />
      </div>
    );
  }
  return (
    <div
      ref={inPanel ? scroller : undefined}
      className={cn('flex flex-col', inPanel ? 'scrollbar-thin h-full overflow-y-auto' : 'min-h-0 flex-1')}
    >
      <div ref={content} className="mx-auto w-full max-w-3xl flex-1 px-4 py-6">
        {messages.hasNextPage && (
          <Earlier busy={messages.isFetchingNextPage} onShow={() => void messages.fetchNextPage()} />
        )}
        {stored === undefined && items.length === 0 ? (
          <ThreadSkeleton />
        ) : (
          <ol className="flex flex-col gap-6">
            {items.map((item, index) => (
              <li key={item.key}>
                {item.kind === 'question' ? (
                  <QuestionView
                    content={item.content}
                    askedAt={item.askedAt}
                    isWaiting={item.pending !== undefined && !item.pending.runId && connection === 'reconnecting'}
                    {...(item.pending && { refusal: thread.refusal, onRetry: thread.retry, onDiscard: thread.discard })}
                  />
                ) : (
                  <AnswerView
                    answer={item.answer}
                    progress={item.progress}
                    isLast={index === items.length - 1}
                    isBusy={isBusy}
                    doings={{ ...doings, onChanged: () => void changed(), onAsk: askNow }}
                  />
                )}
              </li>
            ))}
          </ol>
        )}
        {messages.error && <ProblemNote error={messages.error} onRetry={() => void messages.refetch()} />}
      </div>
      <div className="sticky bottom-0 z-10 bg-background">
        <div className="relative mx-auto flex w-full max-w-3xl flex-col gap-2 px-4 pb-4">
          {isAway && <JumpToNewest onJump={jump} />}
          {connection === 'reconnecting' && <Reconnecting />}
          <Composer
            draftOf={conversationId}
            placeholder={running?.interrupt ? 'Answer, or ask something else' : undefined}
            disabledBecause={thread.refusal && 'Send or discard the question above first'}
            onSend={askNow}
            onStop={stop}
            tools={
              !inPanel && (
                <ChatbotPicker
                  chatbotId={conversation.data?.chatbot_id ?? undefined}
                  onPick={(chatbotId) => pickChatbot.mutate(chatbotId)}
                />
              )
            }
          />
        </div>
      </div>
      <p role="status" className="sr-only">
        {running && !running.interrupt
          ? 'An answer is on its way'
          : items.at(-1)?.kind === 'answer'
            ? 'The answer is there'
            : ''}
      </p>
    </div>
  );
}

/** What a button beside an answer does to the conversation. */
function useDoings(
  conversationId: string,
  { regenerate }: Pick<ReturnType<typeof useThread>, 'regenerate'>,
): Pick<AnswerDoings, 'onRegenerate' | 'onFork'> {
  const router = useRouter();
  const client = useQueryClient();
  const fork = useMutation({
    mutationFn: (messageId: string) =>
      ask(
        api.POST('/api/v1/conversations/{conversation_id}/fork', {
          params: { path: { conversation_id: conversationId } },
          body: { message_id: messageId },
        }),
      ),
    onSuccess: ({ conversation_id }) => {
      void client.invalidateQueries({ queryKey: ['conversations'] });
      router.push(paths.chat({ conversationId: conversation_id }));
    },
  });
  const { mutate: again } = regenerate;
  const { mutate: forkAt } = fork;
  return useMemo(
    () => ({ onRegenerate: (messageId) => again(messageId), onFork: (messageId) => forkAt(messageId) }),
    [again, forkAt],
  );
}

/** Stops the answer that is under way, by button or Escape; undefined while there is none. */
function useStop(running: RunProgress | undefined, isBusy: boolean): (() => void) | undefined {
  const runId = isBusy ? running?.runId : undefined;
  useEffect(() => {
    if (runId === undefined) return;
    const onKey = (event: KeyboardEvent) => {
      // Whatever is open over the page closes first.
      if (event.key === 'Escape' && !event.defaultPrevented) void stopRun(runId);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [runId]);
  return runId === undefined ? undefined : () => void stopRun(runId);
}

function usePickChatbot(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (chatbotId: string) =>
      ask(
        api.PATCH('/api/v1/conversations/{conversation_id}', {
          params: { path: { conversation_id: conversationId } },
          body: { chatbot_id: chatbotId },
        }),
      ),
    onSuccess: (changed) => client.setQueryData(['conversation', conversationId], changed),
  });
}

function Earlier({ busy, onShow }: { busy: boolean; onShow: () => void }) {
  return (
    <div className="mb-6 flex justify-center">
      <Button size="small" busy={busy} onClick={onShow}>
        Show earlier messages
      </Button>
    </div>
  );
}

function JumpToNewest({ onJump }: { onJump: () => void }) {
  return (
    <Button size="small" onClick={onJump} className="absolute -top-10 left-1/2 -translate-x-1/2 rounded-full shadow-md">
      <ArrowDown /> Jump to newest
    </Button>
  );
}

function Reconnecting(): ReactNode {
  return (
    <p role="status" className="flex items-center gap-2 text-[13px] text-warning">
      <WifiOff className="size-4 shrink-0" aria-hidden />
      Connecting again. What is under way goes on, and what you send now is sent then.
    </p>
  );
}

function ThreadSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-6">
      <Skeleton className="h-10 w-2/3 self-end" />
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-10 w-1/2 self-end" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
