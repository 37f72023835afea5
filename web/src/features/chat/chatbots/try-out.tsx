'use client';

import { RotateCcw } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/button';
import { asProblem } from '@/lib/api/problem';
import { Composer } from '../composer';
import { QuestionView } from '../question-view';
import { Thread } from '../thread';
import { useBeginConversation } from '../use-begin-conversation';

/** A conversation with the chatbot as it is saved, beside its settings. */
export function TryOut({ chatbotId, version }: { chatbotId: string; version: number }) {
  const [conversationId, setConversationId] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const again = useCallback(() => {
    setConversationId(undefined);
    setAttempt((count) => count + 1);
  }, []);
  return (
    <section
      aria-label="Try it"
      className="flex h-[calc(100dvh-11.5rem)] min-h-96 flex-col overflow-hidden rounded-xl border bg-background xl:sticky xl:top-18"
    >
      <div className="flex items-center justify-between gap-2 border-b bg-surface px-4 py-2">
        <h2 className="text-sm font-medium">
          Try it <span className="font-normal text-muted-foreground">as saved, version {version}</span>
        </h2>
        {conversationId !== undefined && (
          <Button variant="ghost" size="small" onClick={again}>
            <RotateCcw /> Start over
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1">
        {conversationId === undefined ? (
          <FirstQuestion key={attempt} chatbotId={chatbotId} onBegun={setConversationId} />
        ) : (
          <Thread key={conversationId} conversationId={conversationId} inPanel />
        )}
      </div>
    </section>
  );
}

function FirstQuestion({ chatbotId, onBegun }: { chatbotId: string; onBegun: (conversationId: string) => void }) {
  const { begin, retry, discard, opening, isPending, error } = useBeginConversation(`try-${chatbotId}`, onBegun);
  return (
    <div className="flex h-full flex-col px-4 pb-4">
      <div className="flex-1 py-6">
        {opening ? (
          <QuestionView
            content={opening.content}
            {...(error && { refusal: asProblem(error), onRetry: retry, onDiscard: discard })}
          />
        ) : (
          <p className="text-center text-sm text-muted-foreground">
            Ask something to see how it answers. The conversation is kept among yours.
          </p>
        )}
      </div>
      <Composer
        draftOf={`try-${chatbotId}`}
        disabledBecause={isPending ? 'Your question is on its way' : undefined}
        onSend={(content) => begin(content, chatbotId)}
        takesFocus={false}
      />
    </div>
  );
}
