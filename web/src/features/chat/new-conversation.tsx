'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { asProblem } from '@/lib/api/problem';
import { paths } from '@/lib/paths';
import { ChatbotPicker } from './chatbot-picker';
import { Composer } from './composer';
import { QuestionView } from './question-view';
import { useBeginConversation } from './use-begin-conversation';
import { Welcome } from './welcome';

/** The page before a conversation exists: it begins with the first question. */
export function NewConversation({ question }: { question: string | undefined }) {
  const router = useRouter();
  const [chatbotId, setChatbotId] = useState<string>();
  const onBegun = useCallback((conversationId: string) => router.replace(paths.chat({ conversationId })), [router]);
  const { begin, retry, discard, opening, isPending, error } = useBeginConversation('chat', onBegun);
  // A question in the address is asked once: what is kept of it survives a reload, the address does not keep it.
  useEffect(() => {
    if (!question) return;
    window.history.replaceState(null, '', paths.chat());
    begin(question);
  }, [question, begin]);
  return (
    <div className="flex flex-1 flex-col">
      <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col px-4 py-6">
        {opening ? (
          <QuestionView
            content={opening.content}
            {...(error && { refusal: asProblem(error), onRetry: retry, onDiscard: discard })}
          />
        ) : (
          <div className="my-auto">
            <Welcome onAsk={(content) => begin(content, chatbotId)} />
          </div>
        )}
      </div>
      <div className="sticky bottom-0 z-10 bg-background">
        <div className="mx-auto w-full max-w-3xl px-4 pb-4">
          <Composer
            draftOf="new"
            disabledBecause={isPending ? 'Your question is on its way' : undefined}
            onSend={(content) => begin(content, chatbotId)}
            tools={<ChatbotPicker chatbotId={chatbotId} onPick={setChatbotId} />}
          />
        </div>
      </div>
    </div>
  );
}
