'use client';

import { useEffect, useMemo, useRef } from 'react';
import type { Schemas } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { PlaceLink, useReading } from '../result/reading';
import { formatTimestamp, type Mark, type Segment, segments, textBefore } from './segments';
import { useMarks } from './use-marks';

type Transcript = Schemas['TranscriptView'];

/** The text of an interview, turn by turn. Quotes are marked and lead to what was made of them. */
export function TranscriptText({
  transcript,
  interview,
}: {
  transcript: Transcript;
  interview: Schemas['InterviewView'] | undefined;
}) {
  const { view } = useReading();
  const { text, turns } = transcript;
  const marks = useMarks(transcript.interview);
  const pane = useRef<HTMLDivElement>(null);
  const before = useMemo(() => textBefore(text, turns), [text, turns]);
  const interviewers = new Set(
    interview?.speakers.filter(({ role }) => role === 'interviewer').map(({ speaker }) => speaker),
  );
  useEffect(() => {
    const sought = view.at !== '' ? '[data-current]' : '[data-open]';
    if (pane.current && (view.at !== '' || view.item !== '')) bringIntoSight(pane.current, sought);
  }, [view.at, view.item]);
  const parts = turns.length > 0 ? turns : [{ start: 0, end: text.length }];
  return (
    // Scrolls, and can therefore take focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={pane} role="region" aria-label={`Text of ${transcript.name}`} tabIndex={0} className={paneLooks}>
      {parts.map((turn, index) => (
        <div key={turn.start} className="mb-3.5 [contain-intrinsic-size:auto_5rem] [content-visibility:auto]">
          {before[index] && (
            <p className="mb-3.5 text-[13px] break-words whitespace-pre-line text-muted-foreground">{before[index]}</p>
          )}
          <TurnHead turn={turn} />
          <p
            className={cn(
              'break-words whitespace-pre-line',
              turn.speaker && interviewers.has(turn.speaker) && 'text-muted-foreground',
            )}
          >
            {segments(text, turn.start, turn.end, marks).map((segment) => (
              <Piece key={segment.start} segment={segment} isCurrent={segment.mark?.id === view.at} />
            ))}
          </p>
        </div>
      ))}
    </div>
  );
}

const paneLooks =
  'scrollbar-thin relative min-h-0 flex-1 overflow-y-auto px-4 py-3 text-sm leading-relaxed focus-visible:-outline-offset-2';

function TurnHead({ turn: { speaker, from_ms: from } }: { turn: Partial<Schemas['TurnView']> }) {
  if (!speaker && from === undefined) return null;
  return (
    <p className="flex items-baseline justify-between gap-3 text-xs">
      <span className="font-medium">{speaker}</span>
      {from !== undefined && <span className="text-muted-foreground tabular-nums">{formatTimestamp(from)}</span>}
    </p>
  );
}

function Piece({ segment: { text, mark }, isCurrent }: { segment: Segment; isCurrent: boolean }) {
  if (!mark) return <>{text}</>;
  if (mark.rank < 0) {
    return (
      <mark data-current={isCurrent || undefined} className="bg-accent-soft text-inherit">
        {text}
      </mark>
    );
  }
  return (
    <mark
      data-current={isCurrent || undefined}
      data-open={mark.rank > 0 || undefined}
      className={cn('rounded-sm text-foreground underline underline-offset-4', looksOf(mark, isCurrent))}
    >
      <PlaceLink to={{ at: mark.id }} current={isCurrent}>
        {text}
      </PlaceLink>
    </mark>
  );
}

function looksOf({ rank }: Mark, isCurrent: boolean): string {
  if (isCurrent) return 'bg-accent-soft decoration-accent ring-1 ring-accent/60';
  return rank > 0 ? 'bg-warning-soft decoration-warning/70' : 'bg-muted decoration-input decoration-dotted';
}

/** The pane alone scrolls, not the page. What was never shown has a guessed height until it is, hence the second time. */
function bringIntoSight(pane: HTMLElement, sought: string): void {
  const scroll = () => {
    const mark = pane.querySelector(sought);
    if (!mark) return;
    const top = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    pane.scrollTo({ top: top - pane.clientHeight / 3 });
  };
  scroll();
  requestAnimationFrame(() => requestAnimationFrame(scroll));
}
