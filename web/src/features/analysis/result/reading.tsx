'use client';

import { createContext, type MouseEvent, type ReactNode, useContext, useMemo } from 'react';
import { type AnalysisResult, Lineage } from './lineage';
import { useView, type ViewChange } from './use-view';

/** A window in which findings and interview stand beside each other; in others the interview comes over the findings. */
export const roomForBoth = '(min-width: 64rem)';

interface Reading extends ReturnType<typeof useView> {
  readonly result: AnalysisResult;
  readonly lineage: Lineage;
}

const Context = createContext<Reading | undefined>(undefined);

/** Whoever is within reads one result, and knows the ways through it. */
export function ReadingOf({ result, children }: { result: AnalysisResult; children: ReactNode }) {
  const { view, addressOf, go } = useView();
  const lineage = useMemo(() => new Lineage(result), [result]);
  const value = useMemo(() => ({ result, lineage, view, addressOf, go }), [result, lineage, view, addressOf, go]);
  return <Context value={value}>{children}</Context>;
}

export function useReading(): Reading {
  const reading = useContext(Context);
  if (!reading) throw new Error('useReading is used outside of ReadingOf');
  return reading;
}

/** A link to another place of the same result: it can be copied and opened elsewhere, and loads nothing anew. */
export function PlaceLink({
  to,
  anew,
  className,
  children,
  current,
}: {
  to: ViewChange;
  /** The way back leads to where one was. */
  anew?: boolean;
  className?: string;
  current?: boolean;
  children: ReactNode;
}) {
  const { addressOf, go } = useReading();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to, { anew });
  };
  return (
    <a href={addressOf(to)} onClick={follow} className={className} aria-current={current ? 'true' : undefined}>
      {children}
    </a>
  );
}
