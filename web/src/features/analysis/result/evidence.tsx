'use client';

import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cn } from '@/lib/cn';
import type { Insight } from './lineage';
import { useReading } from './reading';
import { QuoteList } from './quote';

/** What something rests on, shown when asked for; at once for what the address names. */
export function Evidence({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  const { view, go } = useReading();
  const [wanted, setWanted] = useState(false);
  const open = wanted || view.item === id;
  const region = useId();
  const toggle = () => {
    setWanted(!open);
    go({ item: open ? '' : id, at: '', interview: '' });
  };
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={region}
        onClick={toggle}
        className="-mx-1 flex items-center gap-1 rounded px-1 text-[13px] font-medium text-accent hover:underline"
      >
        <ChevronRight className={cn('size-4 transition-transform', open && 'rotate-90')} aria-hidden />
        {label}
      </button>
      <div id={region} hidden={!open} className="mt-3 flex flex-col gap-3">
        {open && children}
      </div>
    </div>
  );
}

/** What speaks for an insight, what against it, and what is not known. */
export function InsightEvidence({ insight }: { insight: Insight }) {
  const { evidence_for: pro, evidence_against: contra, gaps } = insight;
  return (
    <>
      {pro.length > 0 && (
        <Part title="Speaks for it">
          <QuoteList meanings={pro} label="Speaks for it" />
        </Part>
      )}
      {contra.length > 0 && (
        <Part title="Speaks against it">
          <QuoteList meanings={contra} label="Speaks against it" />
        </Part>
      )}
      {gaps.length > 0 && (
        <Part title="Not known yet">
          <ul className="list-disc pl-5 text-sm text-muted-foreground">
            {gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <p className="mb-1.5 text-xs font-medium text-muted-foreground">{title}</p>
      {children}
    </div>
  );
}
