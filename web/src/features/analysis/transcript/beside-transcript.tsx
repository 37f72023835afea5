'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { useMediaQuery } from '@/lib/use-media-query';
import { roomForBoth, useReading } from '../result/reading';
import { TranscriptPane } from './transcript-pane';

/** The interview stands beside the findings; where there is no room, it comes over them when a quote is followed. */
export function BesideTranscript({ children }: { children: ReactNode }) {
  const isWide = useMediaQuery(roomForBoth);
  const { view, go } = useReading();
  const [asked, setAsked] = useState(false);
  if (isWide) {
    return (
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(22rem,30rem)] items-start gap-6">
        <div className="min-w-0">{children}</div>
        <aside
          aria-label="Interview"
          className="sticky top-18 flex h-[calc(100dvh-5.5rem)] flex-col overflow-hidden rounded-xl border bg-surface"
        >
          <TranscriptPane />
        </aside>
      </div>
    );
  }
  return (
    <>
      <div className="min-w-0">{children}</div>
      <Button className="sticky bottom-4 self-center shadow-md" onClick={() => setAsked(true)}>
        Read the interview
      </Button>
      <Sheet
        title="Interview"
        className="gap-0 overflow-hidden p-0 [&>div:first-child]:p-4"
        open={asked || view.at !== ''}
        onOpenChange={() => {
          setAsked(false);
          go({ at: '' });
        }}
      >
        <TranscriptPane />
      </Sheet>
    </>
  );
}
