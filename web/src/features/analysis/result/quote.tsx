'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { formatTimestamp } from '../transcript/segments';
import type { Meaning } from './lineage';
import { PlaceLink, useReading } from './reading';

const shownAtFirst = 5;

/** Quotes of meanings, the most telling first. Each leads to where it was said. */
export function QuoteList({ meanings, label }: { meanings: readonly string[]; label: string }) {
  const { lineage, view } = useReading();
  const [all, setAll] = useState(false);
  const known = meanings.flatMap((id) => lineage.meanings.get(id) ?? []);
  const isHidden = known.slice(shownAtFirst).some(({ meaning_id: id }) => id === view.at);
  const shown = all || isHidden ? known : known.slice(0, shownAtFirst);
  return (
    <>
      <ul aria-label={label} className="flex flex-col gap-1.5">
        {shown.map((meaning) => (
          <li key={meaning.meaning_id}>
            <Quote meaning={meaning} />
          </li>
        ))}
      </ul>
      {shown.length < known.length && (
        <Button variant="link" size="inline" className="mt-1.5 text-[13px]" onClick={() => setAll(true)}>
          Show {known.length - shown.length} more
        </Button>
      )}
    </>
  );
}

/** What somebody said, who, and where. What a model made of it stands above it. */
export function Quote({ meaning }: { meaning: Meaning }) {
  const { view } = useReading();
  const { meaning_id: id, statement, quote } = meaning;
  const isCurrent = view.at === id;
  return (
    <>
      {statement !== quote.text && <p className="mb-1 text-sm">{statement}</p>}
      <PlaceLink
        to={{ at: id }}
        current={isCurrent}
        className={cn(
          'block rounded-md border-l-2 bg-muted/60 px-3 py-2 text-sm transition-colors hover:bg-muted',
          isCurrent ? 'border-accent bg-accent-soft hover:bg-accent-soft' : 'border-input/60',
        )}
      >
        <span className="break-words">“{quote.text}”</span>
        <span className="mt-0.5 block text-xs text-muted-foreground">
          <Source meaning={meaning} />
        </span>
      </PlaceLink>
    </>
  );
}

function Source({ meaning: { quote } }: { meaning: Meaning }) {
  const { result } = useReading();
  const { speaker, interview, from_ms: from } = quote;
  const name = result.interviews.length > 1 && result.interviews.find((each) => each.interview === interview)?.name;
  const parts = [speaker ?? 'Speaker not named', from !== undefined && formatTimestamp(from), name].filter(Boolean);
  return <>{parts.join(' · ')}</>;
}
