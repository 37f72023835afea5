'use client';

import { GitFork, RotateCw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { useMay } from '@/lib/use-session';
import { Action } from './action';
import type { Answer } from './answer';
import type { AnswerDoings } from './answer-doings';
import { FeedbackButtons } from './feedback-buttons';
import { VerifyButton } from './verify-button';

/** What can be done with an answer. One that was not finished offers another try in words. */
export function AnswerActions({ answer, isBusy, doings }: { answer: Answer; isBusy: boolean; doings: AnswerDoings }) {
  const { messageId, content, status, provenance } = answer;
  const mayVerify = useMay('saved_queries:write');
  const { onRegenerate, onFork, onChanged } = doings;
  if (status !== 'completed') {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" disabled={isBusy} onClick={() => onRegenerate(messageId)}>
          <RotateCw /> Ask again
        </Button>
        <CopyButton text={content} label="Copy answer" />
      </div>
    );
  }
  return (
    <div className="-ml-1.5 flex flex-wrap items-center text-muted-foreground">
      <CopyButton text={content} label="Copy answer" />
      <Action label="Ask again" disabled={isBusy} onClick={() => onRegenerate(messageId)}>
        <RotateCw />
      </Action>
      {onFork && (
        <Action label="Continue from here in a new conversation" onClick={() => onFork(messageId)}>
          <GitFork />
        </Action>
      )}
      <FeedbackButtons answer={answer} onChanged={onChanged} />
      {mayVerify && provenance && provenance.queries.length > 0 && <VerifyButton answer={answer} />}
    </div>
  );
}
