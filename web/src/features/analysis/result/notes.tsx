'use client';

import { Info } from 'lucide-react';
import { formatCompact, formatUsd } from '@/lib/format';
import { useReading } from './reading';

/** What to know before relying on a result: how it was made, what was left out, and what it cost. */
export function Notes() {
  const { result } = useReading();
  const { notes, usage } = result;
  const tokens = usage.input_tokens + usage.output_tokens;
  return (
    <div
      role="note"
      aria-label="How it was made"
      className="flex gap-3 rounded-lg border bg-muted/60 p-3 text-sm text-foreground"
    >
      <Info className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden />
      <div className="flex min-w-0 flex-col gap-1 break-words">
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        {tokens > 0 && (
          <p className="text-muted-foreground">
            {formatCompact(tokens)} tokens
            {usage.cost_usd !== null && usage.cost_usd > 0 && <>, {formatUsd(usage.cost_usd)}</>}
          </p>
        )}
      </div>
    </div>
  );
}
