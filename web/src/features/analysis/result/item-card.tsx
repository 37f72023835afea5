'use client';

import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { useReading } from './reading';

/** One thing of a level; brought into sight when the address names it. */
export function ItemCard({ id, children }: { id: string; children: ReactNode }) {
  const { view } = useReading();
  const isNamed = view.item === id;
  return (
    <article
      ref={isNamed ? reveal : undefined}
      className={cn('flex scroll-mt-20 flex-col gap-2 rounded-xl border bg-surface p-5', isNamed && 'border-accent/50')}
    >
      {children}
    </article>
  );
}

function reveal(card: HTMLElement | null): void {
  card?.scrollIntoView({ block: 'nearest' });
}
